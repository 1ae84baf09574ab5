/** What a payment is computed from. Amounts are in cents; rates in thousandths of a percent. */
export type PaymentTerms = {
  price: number
  documentFee: number
  registrationFee: number
  /** Sales tax on the price and the document fee. */
  taxRate: number
  downPayment: number
  months: number
  /** Nominal interest of a year. */
  interestRate: number
}

/** A price out of the door and its loan, in cents. */
export type Payment = {
  salesTax: number
  outTheDoor: number
  amountFinanced: number
  monthlyPayment: number
  /** Differs from the others by what rounding leaves over. */
  lastPayment: number
  totalInterest: number
}

/** One hundred percent, in thousandths of a percent. */
const WHOLE = 100_000
const MONTHS_OF_A_YEAR = 12

/**
 * Computes the price out of the door and the monthly payment. Every amount is rounded to whole
 * cents, half a cent up: the tax, the payment, and the interest of each month, which is charged on
 * what is still owed. The last payment is what is then left. The payment is the exact value of the
 * annuity formula before it is rounded, without floating-point errors.
 */
export function computePayment(terms: PaymentTerms): Payment {
  const { price, documentFee, registrationFee, taxRate, downPayment } = terms
  const salesTax = roundRatio(BigInt(price + documentFee) * BigInt(taxRate), BigInt(WHOLE))
  const outTheDoor = price + documentFee + salesTax + registrationFee
  const amountFinanced = outTheDoor - downPayment
  const monthlyPayment = computeMonthlyPayment(amountFinanced, terms)
  return {
    salesTax,
    outTheDoor,
    amountFinanced,
    monthlyPayment,
    ...payOff(amountFinanced, monthlyPayment, terms),
  }
}

/** The annuity formula with a monthly rate of `interest / denominator`, as one exact fraction. */
function computeMonthlyPayment(
  owed: number,
  { months, interestRate }: Pick<PaymentTerms, 'months' | 'interestRate'>,
): number {
  if (interestRate === 0) return roundRatio(BigInt(owed), BigInt(months))
  const interest = BigInt(interestRate)
  const denominator = BigInt(WHOLE * MONTHS_OF_A_YEAR)
  const grown = (denominator + interest) ** BigInt(months)
  const initial = denominator ** BigInt(months)
  return roundRatio(BigInt(owed) * interest * grown, denominator * (grown - initial))
}

/** Pays month by month, as the lender does. */
function payOff(
  amount: number,
  monthlyPayment: number,
  { months, interestRate }: Pick<PaymentTerms, 'months' | 'interestRate'>,
): Pick<Payment, 'lastPayment' | 'totalInterest'> {
  let owed = amount
  let totalInterest = 0
  for (let month = 1; month < months; month++) {
    const interest = computeMonthlyInterest(owed, interestRate)
    totalInterest += interest
    owed += interest - monthlyPayment
  }
  const interest = computeMonthlyInterest(owed, interestRate)
  return { lastPayment: owed + interest, totalInterest: totalInterest + interest }
}

const computeMonthlyInterest = (owed: number, interestRate: number): number =>
  roundRatio(BigInt(owed) * BigInt(interestRate), BigInt(WHOLE * MONTHS_OF_A_YEAR))

/** A fraction as a whole number, half up. The denominator is positive. */
function roundRatio(numerator: bigint, denominator: bigint): number {
  const doubled = 2n * numerator + denominator
  const rounded = doubled / (2n * denominator)
  const isRoundedUp = doubled < 0n && doubled % (2n * denominator) !== 0n
  return Number(isRoundedUp ? rounded - 1n : rounded)
}
