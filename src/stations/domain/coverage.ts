import type { Position } from './area.ts'

/** For how many days a copy of Google's data about a place may be kept. */
export const PLACE_DAYS = 30
/** The maximum number of places in one response of Google. */
export const MAX_PLACES = 20

/**
 * The area that is searched in Google Places: a cell of a fixed grid and a radius around its
 * center, so that callers nearby share the result and Google does not learn where a caller is.
 */
export type SearchArea = {
  key: string
  center: Position
  radiusMeters: number
}

/** The height and width of a cell in degrees: at most 5.6 km. */
const CELL_DEGREES = 0.05
/** The distance from the center of a cell to its corner, at the equator. */
const CELL_RADIUS_METERS = 3_940
/** The radii that are searched in; Google accepts at most 50 km. */
const RADII_METERS = [6_000, 12_000, 25_000, 50_000] as const
const MAX_RADIUS_METERS = 50_000

/** Finds the area to search for a circle. It contains the circle if that fits into 50 km. */
export function findSearchArea(position: Position, radiusMeters: number): SearchArea {
  const radius =
    RADII_METERS.find((one) => one >= radiusMeters + CELL_RADIUS_METERS) ?? MAX_RADIUS_METERS
  const [row, column] = [findCell(position.latitude, 90), findCell(position.longitude, 180)]
  return {
    key: `${row}:${column}:${radius}`,
    center: { latitude: toCenter(row, 90), longitude: toCenter(column, 180) },
    radiusMeters: radius,
  }
}

/** The number of the cell; the last degree belongs to the last cell. */
const findCell = (degrees: number, max: number): number =>
  Math.min(Math.floor((degrees + max) / CELL_DEGREES), Math.round((2 * max) / CELL_DEGREES) - 1)

const toCenter = (cell: number, max: number): number =>
  Math.round(((cell + 0.5) * CELL_DEGREES - max) * 1_000) / 1_000

/** Whether the area of a search contains the whole circle. */
export const isCovered = (area: SearchArea, radiusMeters: number): boolean =>
  area.radiusMeters >= radiusMeters + CELL_RADIUS_METERS

/** The stations of an area as stored, and the last search of the area in Google Places. */
export type StoredArea = {
  found: number
  limit: number
  hasStale: boolean
  lastSearch: { at: Date; found: number } | null
}

/**
 * Whether to search the area in Google Places: fewer stations than wanted are stored, or some are
 * stale, and the area was not searched within 30 days.
 */
export function needsSearch(area: StoredArea, now: Date): boolean {
  const { found, limit, hasStale, lastSearch } = area
  const isThin = found < Math.min(limit, MAX_PLACES)
  return (isThin || hasStale) && !isFresh(lastSearch?.at ?? null, now)
}

/** Whether a copy of Google's data, or a search, is at most 30 days old. */
export const isFresh = (at: Date | null, now: Date): boolean =>
  at !== null && at.getTime() > computeStaleBefore(now).getTime()

/** Copies of Google's data from before this time are stale. */
export const computeStaleBefore = (now: Date): Date =>
  new Date(now.getTime() - PLACE_DAYS * 86_400_000)

/** Why Google Places was not searched, or that it was, for a response. */
export type SearchStatus = 'searched' | 'notNeeded' | 'notConfigured' | 'unavailable' | 'limited'

/** Whether stations of the circle may be missing or outdated, and why, in one sentence. */
export type Completeness = { mayBeIncomplete: boolean; note: string | null }

/** Describes what a response lacks. `problem` says why Google Places did not respond. */
export function describeCompleteness(
  area: StoredArea,
  search: { status: SearchStatus; problem: string | null; covered: boolean },
  now: Date,
): Completeness {
  const { found, limit, hasStale, lastSearch } = area
  if (found >= limit && !hasStale) return { mayBeIncomplete: false, note: null }
  const warn = (note: string): Completeness => ({ mayBeIncomplete: true, note })
  if (search.problem !== null) return warn(search.problem)
  if (search.status === 'notConfigured')
    return warn('Only stored stations are listed, because Google Places is not configured.')
  if (lastSearch && lastSearch.found >= MAX_PLACES)
    return warn(
      `Google returns at most ${MAX_PLACES} stations per search; there may be more in this area.`,
    )
  if (!search.covered)
    return warn('Google searches within 50 km at most; there may be more stations farther away.')
  if (hasStale && !isFresh(lastSearch?.at ?? null, now))
    return warn(`Some stations were last confirmed more than ${PLACE_DAYS} days ago.`)
  return { mayBeIncomplete: false, note: null }
}
