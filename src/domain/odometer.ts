/** An odometer as it stood before: its miles, and how many days ago where that is known. */
export type EarlierReading = { miles: number; daysBefore: number | null }

/** What a vehicle plausibly drives: a coast-to-coast trip at any time, and 300 miles every day. */
const ANY_TIME_MILES = 5_000
const DAILY_MILES = 300
/**
 * What it plausibly drove since a reading of an unknown day, and what it plausibly has when nothing
 * was read before.
 */
const UNDATED_MILES = 100_000
const FIRST_MILES = 500_000

/**
 * How many miles an odometer jumped since its earlier reading when that is more than a vehicle
 * drives, such as after a digit too many; null for a plausible reading. `earlier` is null, or of 0
 * miles on an unknown day, when nothing was read before.
 */
export function findOdometerJump(miles: number, earlier: EarlierReading | null): number | null {
  const jump = miles - (earlier?.miles ?? 0)
  return jump > computePlausibleMiles(earlier) ? jump : null
}

function computePlausibleMiles(earlier: EarlierReading | null): number {
  if (earlier === null) return FIRST_MILES
  if (earlier.daysBefore !== null)
    return ANY_TIME_MILES + DAILY_MILES * Math.max(0, earlier.daysBefore)
  return earlier.miles > 0 ? UNDATED_MILES : FIRST_MILES
}
