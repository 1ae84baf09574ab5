import { isCalendarDay } from './calendar.ts'
import { isExactNumber } from './exact-number.ts'

/** A value in its stored form, or why the input is invalid. */
export type ParseResult<Value> = { value: Value } | { problem: string }

/** The range of years that an instant may be in. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2999

const DECIMAL = /^-?\d+(\.\d+)?$/
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/**
 * Parses a number: a finite JSON number, or a text that is entirely a plain decimal, such as
 * `28900` or `11.2`. `28,900`, `62k`, `1e5` and texts with more digits than a double keeps are
 * refused, never truncated.
 */
export function parseNumber(raw: unknown): ParseResult<number> {
  const number = typeof raw === 'string' && DECIMAL.test(raw) ? Number(raw) : raw
  if (typeof number !== 'number' || !Number.isFinite(number))
    return { problem: `must be a number such as 28900 or 11.2, not ${quoteValue(raw)}` }
  return isExactNumber(String(raw))
    ? { value: number }
    : { problem: `has more digits than can be stored: ${quoteValue(raw)}` }
}

/**
 * Parses an instant: ISO 8601 with seconds and a zone (RFC 3339), such as `2026-03-31T12:00:00Z` or
 * `2026-03-31T12:00:00.5+02:00`, in the years 1900 to 2999. A text without a zone, a day alone and
 * a JSON number are refused, because they are ambiguous.
 */
export function parseInstant(raw: unknown): ParseResult<Date> {
  if (raw instanceof Date)
    return isInRange(raw) ? { value: raw } : { problem: buildInstantProblem(raw) }
  const day = typeof raw === 'string' ? INSTANT.exec(raw)?.[1] : undefined
  const instant = new Date(String(raw))
  return day !== undefined && isCalendarDay(day) && isInRange(instant)
    ? { value: instant }
    : { problem: buildInstantProblem(raw) }
}

/** Parses a day: `YYYY-MM-DD`, in the years 1900 to 2999. */
export function parseDay(raw: unknown): ParseResult<string> {
  return isCalendarDay(raw)
    ? { value: raw }
    : { problem: `must be a date such as 2026-03-31, not ${quoteValue(raw)}` }
}

/** Parses a JSON boolean, or the text `true` or `false`. */
export function parseBoolean(raw: unknown): ParseResult<boolean> {
  if (raw === true || raw === 'true') return { value: true }
  if (raw === false || raw === 'false') return { value: false }
  return { problem: `must be true or false, not ${quoteValue(raw)}` }
}

/** Formats a value for a message: as JSON, 40 characters at most. */
export const quoteValue = (value: unknown) => String(JSON.stringify(value)).slice(0, 40)

const buildInstantProblem = (raw: unknown) =>
  `must be a date and time with a time zone such as 2026-03-31T12:00:00Z, not ${quoteValue(raw)}`

function isInRange(instant: Date): boolean {
  const year = instant.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR // false for an invalid date
}
