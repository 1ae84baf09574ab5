/** An earlier odometer reading: its miles, and how many days ago it was taken, if known. */
export type EarlierReading = { miles: number; daysBefore: number | null }

/**
 * The plausible distance of a vehicle: a coast-to-coast trip at any time, plus 300 miles every day.
 */
const ANY_TIME_MILES = 5_000
const DAILY_MILES = 300
/**
 * The plausible distance since a reading of unknown date, and the plausible mileage of a vehicle
 * without an earlier reading.
 */
const UNDATED_MILES = 100_000
const FIRST_MILES = 500_000

/**
 * The number of miles since the earlier reading, if it is more than plausible, such as after an
 * extra digit; null for a plausible reading. `earlier` is null, or has 0 miles on an unknown day,
 * if there is no earlier reading.
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
