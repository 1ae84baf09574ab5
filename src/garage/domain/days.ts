/** The last day that a calendar day may be, as in src/domain/calendar.ts. */
const LAST_DAY = '2999-12-31'
const DAY_MS = 86_400_000

const toTime = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/**
 * Adds months to a calendar day. If the month has no such day, it is the last day of the month:
 * January 31 plus one month is February 28 or 29. Years have 12 months, so February 29 plus 12
 * months is February 28. To repeat an interval, add all of its months to the first day, not to the
 * previous result: only then does February 28 become March 31 again.
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return toDay(Date.UTC(year, month - 1 + months, Math.min(date, lastDate)))
}

/** Adds days to a calendar day; negative ones go back. */
export const addDays = (day: string, days: number): string => toDay(toTime(day) + days * DAY_MS)

/** The number of days from one calendar day to another; negative if the other is earlier. */
export const countDays = (from: string, to: string): number =>
  Math.round((toTime(to) - toTime(from)) / DAY_MS)

/** A day that the columns can hold; null if it is later than the year 2999. */
export const limitDay = (day: string): string | null =>
  day.length === LAST_DAY.length && day <= LAST_DAY ? day : null

/** The calendar day of an instant in a time zone, whatever the zone of this process is. */
export function getDayInZone(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  return ['year', 'month', 'day'].map((part) => parts.get(part as 'year') ?? '').join('-')
}
