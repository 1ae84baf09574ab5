/**
 * Converts decimal dollars, as stored in a column, to whole cents. Throws a RangeError if the value
 * is not an amount.
 */
export function dollarsToCents(dollars: number | string): number {
  const cents = Math.round(Number(dollars) * 100)
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${dollars} is not a dollar amount.`)
  return cents
}

/** Cents as a decimal in dollars: 2450050 is 24500.5. */
export const centsToDollars = (cents: number): number => cents / 100

/** Formats cents for display: 2450000 is $24,500, 2450050 is $24,500.50. */
export function formatCents(cents: number): string {
  const [whole = '', places = ''] = (Math.abs(cents) / 100).toFixed(2).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '-' : ''}$${grouped}${places === '00' ? '' : `.${places}`}`
}

/** Formats a whole number with thousands separators: 31200 is 31,200. */
export const formatWholeNumber = (value: number): string =>
  formatCents(Math.round(value) * 100).replace('$', '')
