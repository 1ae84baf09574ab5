import { computeDrivenDistances, type DayReading } from './distance-driven.ts'

/** Where a reading comes from. `owner` is the reading that was entered on the vehicle itself. */
export type ReadingSource = 'fuel' | 'maintenance' | 'owner'

/**
 * One reading of an odometer, in miles, taken at some moment between `from` and `to` (milliseconds
 * since 1970). These are equal for an instant. `day` is the date that messages name. `id` is the ID
 * of the log, or of the vehicle for the owner's own reading.
 */
export type Reading = {
  source: ReadingSource
  id: string
  miles: number
  from: number
  to: number
  day: string
}

/** A reading that does not fit the ones before and after it, and these; null if there is none. */
export type ReadingConflict = { before: Reading | null; after: Reading | null }

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A day lasts from its first moment at UTC+14 to its last moment at UTC-12. */
const EARLIEST_ZONE_HOURS = 14
const LATEST_ZONE_HOURS = 12

/** Whole miles are rounded, so two readings at a standstill can differ by one. */
const ROUNDING_MILES = 1
/** The plausible distance: a coast-to-coast trip at any time, plus 300 miles every day. */
const ANY_TIME_MILES = 5_000
const DAILY_MILES = 300
/** The plausible mileage of a vehicle without other readings. */
const FIRST_MILES = 500_000

/** How far back readings count for the miles per day. */
export const PACE_DAYS = 365
/** How far apart two of them must be. */
const MIN_PACE_DAYS = 7
const THOUSANDTHS = 1000

/** The span of a reading that was taken at an instant. */
export function spanInstant(at: Date): Pick<Reading, 'from' | 'to' | 'day'> {
  return { from: at.getTime(), to: at.getTime(), day: at.toISOString().slice(0, 10) }
}

/**
 * The span of a reading that was taken on a calendar day (`YYYY-MM-DD`) in an unknown time zone.
 */
export function spanDay(day: string): Pick<Reading, 'from' | 'to' | 'day'> {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const from = midnight - EARLIEST_ZONE_HOURS * HOUR
  return { from, to: midnight + DAY + LATEST_ZONE_HOURS * HOUR - 1, day }
}

/**
 * The reading that a vehicle has now: the latest one; of those that may be the latest, the highest.
 * Null without readings.
 */
export function findCurrentReading(readings: readonly Reading[]): Reading | null {
  const latestStart = readings.reduce((latest, { from }) => Math.max(latest, from), -Infinity)
  return readings.reduce<Reading | null>(
    (current, reading) =>
      reading.to >= latestStart && (current === null || reading.miles > current.miles)
        ? reading
        : current,
    null,
  )
}

/**
 * Finds the readings right before and after a new one if it does not fit them: if it is lower than
 * the earlier one or higher than the later one, or farther from one than a vehicle drives. Readings
 * whose order is unknown, such as two of one day, are ordered by miles. Null if it fits.
 */
export function findReadingConflict(
  reading: Reading,
  others: readonly Reading[],
): ReadingConflict | null {
  const { before, after } = findNeighbors(reading, others)
  const fits =
    before === null && after === null
      ? reading.miles <= FIRST_MILES
      : isPlausible(before, reading) && isPlausible(reading, after)
  return fits ? null : { before, after }
}

function isBefore(other: Reading, reading: Reading): boolean {
  if (other.to < reading.from) return true
  return other.from <= reading.to && other.miles <= reading.miles
}

function isPlausible(earlier: Reading | null, later: Reading | null): boolean {
  if (earlier === null || later === null) return true
  const miles = later.miles - earlier.miles
  const days = Math.max(0, later.to - earlier.from) / DAY
  return miles >= -ROUNDING_MILES && miles <= ANY_TIME_MILES + DAILY_MILES * days
}

/** The last of the readings before a reading, and the first of the others, in one pass. */
function findNeighbors(reading: Reading, others: readonly Reading[]): ReadingConflict {
  let before: Reading | null = null
  let after: Reading | null = null
  for (const other of others)
    if (isBefore(other, reading)) {
      if (before === null || compareReadings(other, before) >= 0) before = other
    } else if (after === null || compareReadings(other, after) < 0) after = other
  return { before, after }
}

/** Orders readings by time, then by miles. */
const compareReadings = (a: Reading, b: Reading): number =>
  a.from + a.to - (b.from + b.to) || a.miles - b.miles

/**
 * How many miles a day a vehicle has driven in the year before `today` (`YYYY-MM-DD`): every rise
 * from one reading to the next, so that a replaced odometer does not count. Null without two
 * readings that are at least a week apart.
 */
export function computeMilesPerDay(readings: readonly Reading[], today: string): number | null {
  const end = Date.parse(`${today}T00:00:00Z`) + DAY
  const recent = readings.filter(({ day }) => {
    const at = Date.parse(`${day}T00:00:00Z`)
    return at < end && at >= end - DAY - PACE_DAYS * DAY
  })
  const dates = recent.map(({ day }) => day).toSorted()
  const [first, last] = [dates[0], dates.at(-1)]
  if (!first || !last) return null
  const days = (Date.parse(last) - Date.parse(first)) / DAY
  if (days < MIN_PACE_DAYS) return null
  const driven = computeDrivenDistances(recent.map(toDayReading))
  return driven.reduce((sum, { distance }) => sum + distance, 0) / THOUSANDTHS / days
}

const toDayReading = ({ source, miles, from, to, day }: Reading): DayReading => ({
  day,
  at: from === to ? from : null,
  reading: Math.round(miles * THOUSANDTHS),
  source: source === 'owner' ? 'owner' : 'log',
})
