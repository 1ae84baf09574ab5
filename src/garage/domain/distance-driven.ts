/**
 * An odometer reading in thousandths of a mile, on a day of the owner. `at` is when it was taken,
 * in milliseconds; null if only the day is known. `source` is a log, the vehicle itself, where its
 * owner entered it, or the trips since the reading before.
 */
export type DayReading = {
  day: string
  at: number | null
  reading: number
  source: 'log' | 'owner' | 'trip'
}

/** What a vehicle was driven between two of its readings, counted on the day of the later one. */
export type DrivenDistance = { day: string; distance: number }

/** So many readings of one day are placed among the others; more are ordered by distance. */
const MAX_PLACED = 100

/**
 * Computes what was driven between readings: each rise from one to the next. A fall is a replaced
 * odometer, which counts on from its new reading.
 */
export function computeDrivenDistances(readings: readonly DayReading[]): DrivenDistance[] {
  const ordered = orderReadings([
    ...listEnteredReadings(readings),
    ...readings.filter(({ source }) => source === 'trip'),
  ])
  return limitInferred(ordered).flatMap(({ day, reading }, i, all) => {
    const before = all[i - 1]
    return before && reading > before.reading ? { day, distance: reading - before.reading } : []
  })
}

/** The readings that were entered, not inferred from trips, in their order. */
export const listEnteredReadings = (readings: readonly DayReading[]): DayReading[] =>
  dropMisfits(orderReadings(readings.filter(({ source }) => source !== 'trip')))

/**
 * Orders readings by day, then by time. A reading that has only a day is placed among those of the
 * day where it takes the fewest falls, then the shortest distance: the odometer may have been
 * replaced on this day.
 */
export function orderReadings(readings: readonly DayReading[]): DayReading[] {
  const ordered: DayReading[] = []
  for (const group of groupByDay(readings)) {
    const placed = orderDay(group, ordered.at(-1))
    for (const one of placed) ordered.push(one)
  }
  return ordered
}

function orderDay(group: readonly DayReading[], previous: DayReading | undefined): DayReading[] {
  const untimed = group.filter(({ at }) => at === null).toSorted(compareMiles)
  if (untimed.length > MAX_PLACED) return group.toSorted(compareMiles)
  const timed = group.filter(({ at }) => at !== null).toSorted(compareTimes)
  return untimed.reduce((list, one) => insertReading(list, one, previous), timed)
}

function groupByDay(readings: readonly DayReading[]): DayReading[][] {
  const days = new Map<string, DayReading[]>()
  for (const one of readings) {
    const group = days.get(one.day)
    if (group) group.push(one)
    else days.set(one.day, [one])
  }
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

const compareMiles = (a: DayReading, b: DayReading): number => a.reading - b.reading
const compareTimes = (a: DayReading, b: DayReading): number =>
  (a.at ?? 0) - (b.at ?? 0) || compareMiles(a, b)

function insertReading(
  list: readonly DayReading[],
  added: DayReading,
  previous: DayReading | undefined,
): DayReading[] {
  const costs = Array.from({ length: list.length + 1 }, (_, place) =>
    computeDetour(place === 0 ? previous : list[place - 1], added, list[place]),
  )
  const best = costs.reduce(
    (found, cost, place) => (compareDetours(cost, costs[found]) < 0 ? place : found),
    0,
  )
  return list.toSpliced(best, 0, added)
}

type Detour = { falls: number; distance: number }

/** What a reading between two others adds to the falls and to the distance. */
function computeDetour(
  before: DayReading | undefined,
  added: DayReading,
  after: DayReading | undefined,
): Detour {
  const [first, direct] = [computeStep(before, added), computeStep(before, after)]
  const second = computeStep(added, after)
  return {
    falls: first.falls + second.falls - direct.falls,
    distance: first.distance + second.distance - direct.distance,
  }
}

function computeStep(from: DayReading | undefined, to: DayReading | undefined): Detour {
  const rise = from && to ? to.reading - from.reading : 0
  return { falls: rise < 0 ? 1 : 0, distance: Math.max(0, rise) }
}

const compareDetours = (one: Detour, other: Detour | undefined): number =>
  other === undefined ? -1 : one.falls - other.falls || one.distance - other.distance

/**
 * Drops the reading that the owner entered on the vehicle if it does not fit between its neighbors:
 * the time of an old one may be that of a later change of the vehicle.
 */
const dropMisfits = (ordered: readonly DayReading[]): DayReading[] =>
  ordered.filter(({ source, reading }, i) => {
    const [before, after] = [ordered[i - 1]?.reading ?? 0, ordered[i + 1]?.reading ?? Infinity]
    return source !== 'owner' || (reading >= before && reading <= after)
  })

/**
 * Limits readings that were inferred from trips to those that were entered before and after them,
 * unless the odometer was replaced in between: trip meters are less exact.
 */
function limitInferred(ordered: readonly DayReading[]): DayReading[] {
  const next: (number | null)[] = []
  let later: number | null = null
  for (const { source, reading } of ordered.toReversed()) {
    next.push(later)
    if (source !== 'trip') later = reading
  }
  next.reverse()
  let before = 0
  return ordered.map((one, i) => {
    if (one.source !== 'trip') {
      before = one.reading
      return one
    }
    const max = next[i] ?? Infinity
    if (max < before) return one
    return { ...one, reading: Math.min(max, Math.max(before, one.reading)) }
  })
}
