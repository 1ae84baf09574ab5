import { amountToCents, formatMoney, formatOwnerMoney } from '../../domain/money.ts'

const INTEGERS = new Intl.NumberFormat('en-US')
const DAYS = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })

/** A decimal amount: `$24,500`, with cents only where there are some: `$24,500.50`. */
export function formatAmount(amount: number, currency: string): string {
  return formatMoney({ cents: amountToCents(amount), currency })
}

/** A decimal amount of an owner, whose currency may be another one: `$82.12`, `CA$82.12`. */
export function formatOwnerAmount(amount: number, currency: string): string {
  return formatOwnerMoney({ cents: amountToCents(amount), currency })
}

/** `31,200 mi`. */
export function formatMiles(count: number): string {
  return `${INTEGERS.format(count)} mi`
}

/** `1,204`. */
export function formatInteger(count: number): string {
  return INTEGERS.format(count)
}

/** A calendar day: `2026-03-20` is `Mar 20, 2026`. */
export function formatCalendarDay(day: string): string {
  return DAYS.format(new Date(`${day}T00:00:00Z`))
}
