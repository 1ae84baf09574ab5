import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { decimalInput, integerInput } from '../../domain/input-schemas.ts'
import { amountToCents, centsToAmount, MAX_CENTS } from '../../domain/money.ts'
import { type DealershipFacts, loadDealership } from '../../lot/store/dealership.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { computePayment, type PaymentTerms } from '../domain/payment.ts'
import { requirePublicCar } from '../require-car.ts'
import { CAR_PARAMS } from './car-schemas.ts'

const QUERY = z.object({
  downPayment: decimalInput(0, centsToAmount(MAX_CENTS)).optional(),
  months: integerInput(1, 120).optional(),
  rate: decimalInput(0, 100).optional().describe('Nominal interest of a year, in percent.'),
  taxRate: decimalInput(0, 50)
    .optional()
    .describe('Sales tax in percent, of a buyer in another state.'),
})

const AMOUNT = z.number()
const PERCENT = z.number()

/** GET /api/inventory/:id/payment */
const PAYMENT = z.strictObject({
  currency: z.string(),
  price: AMOUNT,
  documentFee: AMOUNT,
  registrationFee: AMOUNT,
  taxRate: PERCENT,
  salesTax: AMOUNT.describe('On the price and the document fee.'),
  outTheDoor: AMOUNT.describe('Price, fees and tax.'),
  downPayment: AMOUNT,
  amountFinanced: AMOUNT,
  months: z.number().int(),
  rate: PERCENT,
  monthlyPayment: AMOUNT,
  lastPayment: AMOUNT.describe('Differs from the others by what rounding leaves over.'),
  totalInterest: AMOUNT,
})

/** GET /api/inventory/:id/payment: what a car costs out of the door, and its monthly payment. */
export const getPayment = endpoint({
  method: 'get',
  path: '/:id/payment',
  summary: 'Compute the price out of the door and the monthly payment of a loan for a car on show',
  access: callers.anybody,
  params: CAR_PARAMS,
  query: QUERY,
  shared: { tables: ['inventory', 'dealership'] },
  response: describeJson(
    'The payment. What the query does not say comes from the settings of the dealership.',
    PAYMENT,
  ),
  refusals: [400, 404, 409, 429],
  load: async ({ req }, { id }) => ({ car: await requirePublicCar(req, id) }),
  handler: async ({ req, car }, { query }) => {
    const terms = readTerms(car.price, query, await loadDealership(req))
    const payment = computePayment(terms)
    if (payment.amountFinanced < 0) throw new APIError(describeExcess(payment.outTheDoor), 400)
    return {
      currency: getCurrency(req.payload.config),
      price: centsToAmount(terms.price),
      documentFee: centsToAmount(terms.documentFee),
      registrationFee: centsToAmount(terms.registrationFee),
      taxRate: terms.taxRate / THOUSANDTHS,
      salesTax: centsToAmount(payment.salesTax),
      outTheDoor: centsToAmount(payment.outTheDoor),
      downPayment: centsToAmount(terms.downPayment),
      amountFinanced: centsToAmount(payment.amountFinanced),
      months: terms.months,
      rate: terms.interestRate / THOUSANDTHS,
      monthlyPayment: centsToAmount(payment.monthlyPayment),
      lastPayment: centsToAmount(payment.lastPayment),
      totalInterest: centsToAmount(payment.totalInterest),
    }
  },
})

const THOUSANDTHS = 1_000

const describeExcess = (outTheDoor: number) =>
  'downPayment in the URL is not valid: it is more than the price out of the door, ' +
  `${centsToAmount(outTheDoor)}.`

/** Throws a 409 that names the settings of the dealership that are missing. */
function readTerms(
  price: number,
  query: z.output<typeof QUERY>,
  dealership: DealershipFacts,
): PaymentTerms {
  const { documentFee, registrationFee, downPaymentPercent } = dealership
  const taxRate = query.taxRate ?? dealership.salesTaxPercent
  const rate = query.rate ?? dealership.interestPercent
  const months = query.months ?? dealership.loanMonths
  const downPayment =
    query.downPayment ?? (downPaymentPercent === null ? null : (price * downPaymentPercent) / 100)
  if (
    documentFee === null ||
    registrationFee === null ||
    taxRate === null ||
    rate === null ||
    months === null ||
    downPayment === null
  )
    throw new APIError(
      describeMissing({ documentFee, registrationFee, taxRate, rate, months, downPayment }),
      409,
      undefined,
      true,
    )
  return {
    price: amountToCents(price),
    documentFee: amountToCents(documentFee),
    registrationFee: amountToCents(registrationFee),
    taxRate: Math.round(taxRate * THOUSANDTHS),
    downPayment: amountToCents(downPayment),
    months,
    interestRate: Math.round(rate * THOUSANDTHS),
  }
}

/** The labels of the settings, and the parameter that replaces each. */
const SETTINGS: Readonly<Record<string, string>> = {
  documentFee: 'Document fee',
  registrationFee: 'Title and registration',
  taxRate: 'Sales tax (or send taxRate)',
  rate: 'Interest of a loan (or send rate)',
  months: 'Months of a loan (or send months)',
  downPayment: 'Down payment (or send downPayment)',
}

function describeMissing(values: Readonly<Record<string, number | null>>): string {
  const missing = Object.keys(values).filter((name) => values[name] === null)
  const labels = missing.map((name) => SETTINGS[name] ?? name)
  return `The dealership has not entered what a payment needs: ${labels.join(', ')}.`
}
