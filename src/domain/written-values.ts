import { isCalendarDay } from './calendar.ts'
import { isExactNumber } from './exact-number.ts'

/** A value as it is stored, or why the text or value that was written is not one. */
export type Read<Value> = { value: Value } | { problem: string }

/** The years that an instant may lie in. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2999

const DECIMAL = /^-?\d+(\.\d+)?$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/**
 * A number: a finite JSON number, or a plain decimal text such as `28900` or `11.2` that is one from end to end. `28,900`, `62k`, `1e5` and
 * texts with more digits than a double keeps are refused, never shortened.
 */
export function readNumber(written: unknown): Read<number> {
  const number = typeof written === 'string' && DECIMAL.test(written) ? Number(written) : written
  if (typeof number !== 'number' || !Number.isFinite(number))
    return { problem: `must be a number such as 28900 or 11.2, not ${quote(written)}` }
  return isExactNumber(String(written)) ? { value: number } : { problem: `has more digits than are kept: ${quote(written)}` }
}

/**
 * An instant: ISO 8601 with seconds and a zone (RFC 3339), such as `2026-03-31T12:00:00Z` or `2026-03-31T12:00:00.5+02:00`, of the years
 * 1900 to 2999. A text without a zone, a day alone and a JSON number are refused: what they mean would depend on who reads them.
 */
export function readInstant(written: unknown): Read<Date> {
  if (written instanceof Date) return isSane(written) ? { value: written } : { problem: notAnInstant(written) }
  const day = typeof written === 'string' ? INSTANT.exec(written)?.[1] : undefined
  const instant = new Date(String(written))
  return day !== undefined && isCalendarDay(day) && isSane(instant) ? { value: instant } : { problem: notAnInstant(written) }
}

/** A day: `YYYY-MM-DD`, of the years 1900 to 2999. */
export function readDay(written: unknown): Read<string> {
  return isCalendarDay(written) ? { value: written } : { problem: `must be a day such as 2026-03-31, not ${quote(written)}` }
}

/** Yes or no: a JSON boolean, or the text `true` or `false`. */
export function readYesNo(written: unknown): Read<boolean> {
  if (written === true || written === 'true') return { value: true }
  if (written === false || written === 'false') return { value: false }
  return { problem: `must be true or false, not ${quote(written)}` }
}

/** A value as a message shows it: as JSON, 40 characters at most. */
export const quote = (value: unknown) => String(JSON.stringify(value)).slice(0, 40)

const notAnInstant = (written: unknown) =>
  `must be an instant with a time zone such as 2026-03-31T12:00:00Z, not ${quote(written)}`

function isSane(instant: Date): boolean {
  const year = instant.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR // false for an invalid date
}
