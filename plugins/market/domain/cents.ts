/**
 * Dollars as a decimal, such as a column has them, in whole cents. Throws a RangeError on what is
 * no amount.
 */
export function dollarsToCents(dollars: number | string): number {
  const cents = Math.round(Number(dollars) * 100)
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${dollars} is not a dollar amount.`)
  return cents
}

/** Cents as a decimal in dollars: 2450050 is 24500.5. */
export const centsToDollars = (cents: number): number => cents / 100

/** An amount for people to read: 2450000 is $24,500, 2450050 is $24,500.50. */
export function formatCents(cents: number): string {
  const [whole = '', places = ''] = (Math.abs(cents) / 100).toFixed(2).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '-' : ''}$${grouped}${places === '00' ? '' : `.${places}`}`
}

/** A whole number with its thousands apart: 31200 is 31,200. */
export const formatWholeNumber = (value: number): string =>
  formatCents(Math.round(value) * 100).replace('$', '')
