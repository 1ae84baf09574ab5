/** An odometer reading on a day, in thousandths of a mile. */
export type DayReading = { day: string; reading: number }

/** What a vehicle was driven between two of its readings, counted on the day of the later one. */
export type DrivenDistance = { day: string; distance: number }

/**
 * Computes what was driven between readings: each rise from one to the next. A fall is a replaced
 * odometer, which counts on from its new reading. Readings of one day are ordered by distance.
 */
export function computeDrivenDistances(readings: readonly DayReading[]): DrivenDistance[] {
  const ordered = [...readings].sort((a, b) => compareDays(a.day, b.day) || a.reading - b.reading)
  return ordered.flatMap(({ day, reading }, i) => {
    const before = ordered[i - 1]
    return before && reading > before.reading ? { day, distance: reading - before.reading } : []
  })
}

const compareDays = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
