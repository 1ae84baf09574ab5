/**
 * The US dollar: the default of the lot and of owners, and the only currency of sources that list
 * cars in the United States.
 */
export const US_DOLLAR = 'USD'

/** The maximum of a column for money, NUMERIC(10,2), in cents. */
export const MAX_CENTS = 9_999_999_999

/** An amount: whole cents (hundredths of the unit) of an ISO 4217 currency. */
export type Money = { cents: number; currency: string }

/**
 * Whether a value is the three-letter code of an active ISO 4217 currency, such as `USD` or `EUR`.
 * Upper case only.
 */
export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && Intl.supportedValuesOf('currency').includes(value)
}

/** Whether the unit of a currency has hundredths, so that the columns for money can store it. */
export function hasCents(currency: string): boolean {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits === 2
}

/**
 * Converts a decimal, as in columns and the API, to whole cents: 24500.5 is 2450050. Throws a
 * RangeError if the value is not an amount.
 */
export function amountToCents(amount: number | string): number {
  const cents = Math.round(Number(amount) * 100)
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${amount} is not an amount of money.`)
  return cents
}

/** Converts whole cents to a decimal, as in columns and the API: 2450050 is 24500.5. */
export const centsToAmount = (cents: number): number => cents / 100

/** Formats cents as a decimal text, as in columns: 1234 is `12.34`. */
export const formatDecimal = (cents: number): string => centsToAmount(cents).toFixed(2)

/** Formats cents for display: 2450000 is `$24,500`, 2450050 is `$24,500.50`. */
export function formatMoney({ cents, currency }: Money): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(centsToAmount(cents))
}

/**
 * Formats cents of an owner, whose currency need not be the one of the lot: `$82.12` and
 * `CA$82.12`.
 */
export const formatOwnerMoney = ({ cents, currency }: Money): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(centsToAmount(cents))

/** Formats cents of an owner with all places, so that a column is aligned: `CA$24,500.00`. */
export const formatExactMoney = ({ cents, currency }: Money): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(centsToAmount(cents))

/**
 * Formats an owner's price per mile or another unit, with up to four decimal places: `$0.3816`,
 * `CA$0.3816`.
 */
export const formatUnitPrice = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    maximumFractionDigits: 4,
  }).format(amount)

/** The sign of a currency: `$`, `€`, or its code if it has none. */
export function getCurrencySign(currency: string): string {
  const parts = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0)
  return parts.find(({ type }) => type === 'currency')?.value ?? currency
}

/**
 * How texts name a currency: its sign, its codes, the letters before a `$`, its full name, and the
 * words after an amount if these differ from the name. All but the sign are parts of patterns.
 */
export type CurrencyMarks = {
  sign: string
  codes?: string
  letters?: string
  name?: string
  words?: string
}

/** The currencies that prices on competitors' sites may be in, ours or others. */
const CURRENCY_MARKS: Readonly<Record<string, CurrencyMarks>> = {
  USD: { sign: '$', codes: 'USD', letters: 'US', name: 'US dollars?', words: 'dollars' },
  CAD: { sign: '$', codes: 'CAD|CDN', letters: 'C|CA|CAN', words: 'dollars' },
  MXN: { sign: '$', codes: 'MXN', letters: 'MX|MEX', words: 'pesos' },
  AUD: { sign: '$', codes: 'AUD', letters: 'A|AU', words: 'dollars' },
  NZD: { sign: '$', codes: 'NZD', letters: 'NZ', words: 'dollars' },
  BRL: { sign: '$', letters: 'R' },
  EUR: { sign: '€', codes: 'EUR', name: 'euros?' },
  GBP: { sign: '£', codes: 'GBP', name: 'pounds?' },
  CHF: { sign: 'CHF', codes: 'CHF' },
  JPY: { sign: '¥', codes: 'JPY' },
  INR: { sign: '₹' },
  RUB: { sign: '₽' },
}

/** Returns how texts name a currency. */
export function getCurrencyMarks(currency: string): CurrencyMarks {
  const marks = CURRENCY_MARKS[currency] ?? { sign: getCurrencySign(currency) }
  return { codes: currency, ...marks }
}

/** Returns how texts name the other currencies that may occur. */
export const listForeignMarks = (currency: string): CurrencyMarks[] =>
  Object.entries(CURRENCY_MARKS).flatMap(([code, marks]) => (code === currency ? [] : [marks]))
