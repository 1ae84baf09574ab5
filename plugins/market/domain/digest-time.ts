const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A digest after a pause reports the changes of at most this many days. */
const MAX_DAYS = 7
/**
 * Changes are reported a few minutes late: a change that a transaction made at the time of a check
 * may not be visible yet.
 */
const DELAY_MS = 5 * 60_000

/**
 * When a manager gets the digest: from this hour on, 0 to 23, in an IANA time zone. `checkedAt` is
 * the last check whether there is anything to report; null before the first one.
 */
export type DigestTime = {
  sendHour: number
  timeZone: string
  checkedAt: string | null
}

/** The changes that one digest reports: those after `since`, up to `until`. */
export type Period = { since: string; until: string }

/**
 * Whether a digest is due: once per calendar day in the manager's time zone, when its hour has
 * come. An hour that clocks skip in spring has come when they jump, and if they skip the end of the
 * day, in the hour before. An hour that occurs twice in fall counts the first time.
 */
export function isDigestDue({ sendHour, timeZone, checkedAt }: DigestTime, now: Date): boolean {
  const { day, hour } = readLocalTime(now, timeZone)
  if (checkedAt !== null && readLocalTime(new Date(checkedAt), timeZone).day >= day) return false
  if (hour >= sendHour) return true
  return readLocalTime(new Date(now.getTime() + HOUR_MS), timeZone).day > day
}

/** Returns the period of a check: since the last one, or the last day before the first one. */
export function computePeriod(checkedAt: string | null, now: Date): Period {
  const last = checkedAt === null ? now.getTime() - DAY_MS : Date.parse(checkedAt)
  const since = Math.max(last, now.getTime() - MAX_DAYS * DAY_MS)
  const toInstant = (moment: number) => new Date(moment - DELAY_MS).toISOString()
  return { since: toInstant(since), until: toInstant(now.getTime()) }
}

/** Returns the calendar day and the hour that the clocks of a time zone show at an instant. */
function readLocalTime(instant: Date, timeZone: string): { day: string; hour: number } {
  const [two, numeric] = ['2-digit', 'numeric'] as const
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: numeric,
    month: two,
    day: two,
    hour: numeric,
    hourCycle: 'h23',
  })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const day = [parts.get('year'), parts.get('month'), parts.get('day')].join('-')
  return { day, hour: Number(parts.get('hour')) }
}
