/**
 * Whether a value is an existing calendar day, written `YYYY-MM-DD`, in the years 1900 to 2999.
 * February 30 does not exist.
 */
export function isCalendarDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(19|2\d)\d\d-\d\d-\d\d$/.test(value)) return false
  const moment = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value)
}

/**
 * Whether a value is the IANA name of a time zone that this machine knows, such as
 * `America/New_York`; never an offset.
 */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z][\w+\-/]*$/.test(value)) return false
  return value === 'UTC' || Intl.supportedValuesOf('timeZone').includes(value)
}

/** The calendar day, `YYYY-MM-DD`, that the clocks of an IANA time zone show at an instant. */
export function getDayInZone(instant: Date, timeZone: string): string {
  const [two, numeric] = ['2-digit', 'numeric'] as const
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: numeric,
    month: two,
    day: two,
  })
  return format.format(instant)
}
