const DOLLARS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 0,
})
const CENTS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const INTEGERS = new Intl.NumberFormat('en-US')

/** `$24,500`, with cents only where there are some: `$24,500.50`. */
export function formatDollars(amount: number): string {
  return (Number.isInteger(amount) ? DOLLARS : CENTS).format(amount)
}

/** `31,200 mi`. */
export function formatMiles(count: number): string {
  return `${INTEGERS.format(count)} mi`
}

/** `1,204`. */
export function formatInteger(count: number): string {
  return INTEGERS.format(count)
}
