/**
 * Whether a value is a day of the calendar, written `YYYY-MM-DD`, of the years 1900 to 2999. The
 * 30th of February is none.
 */
export function isCalendarDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(19|2\d)\d\d-\d\d-\d\d$/.test(value)) return false
  const moment = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value)
}

/**
 * Whether a value is a time zone that this machine's calendar knows by its IANA name:
 * `America/New_York`, never an offset.
 */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z][\w+\-/]*$/.test(value)) return false
  return value === 'UTC' || Intl.supportedValuesOf('timeZone').includes(value)
}
