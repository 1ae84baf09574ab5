import type { PayloadRequest } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { SingleFlightTimeout } from '../egress/single-flight.ts'
import type { Position } from './domain/area.ts'
import {
  type Completeness,
  computeStaleBefore,
  describeCompleteness,
  findSearchArea,
  isCovered,
  needsSearch,
  type SearchArea,
  type SearchStatus,
} from './domain/coverage.ts'
import { PlacesError } from './domain/places.ts'
import type { PlacesService } from './places-service.ts'
import { loadNearbyStations, type NearbyStations } from './store/nearby.ts'
import { findLastSearch } from './store/places.ts'

/** A circle, and at most how many stations to find in it. */
export type NearbyRequest = {
  center: Position
  radiusMeters: number
  limit: number
}

/** The nearest stations of a circle, and whether Google Places was searched for them. */
export type FoundStations = NearbyStations & Completeness & { search: SearchStatus }

export type StationFinder = (req: PayloadRequest, request: NearbyRequest) => Promise<FoundStations>

/**
 * Creates the finder of stations nearby. If few or stale ones are stored, it searches Google
 * Places. A failed search does not fail the request: the stored stations are returned, with a note.
 */
export function createStationFinder(places: PlacesService | null): StationFinder {
  return async (req, { center, radiusMeters, limit }) => {
    const { db } = getTransaction(req)
    const now = new Date()
    const query = { center, radiusMeters, limit, staleBefore: computeStaleBefore(now) }
    const area = findSearchArea(center, radiusMeters)
    // in this order, the stations of a search that was saved in the meantime are there
    const lastSearchBefore = places && (await findLastSearch(db, area))
    const stored = await loadNearbyStations(db, query)
    const before = { ...summarize(stored, limit), lastSearch: lastSearchBefore }
    const search = needsSearch(before, now)
      ? await searchPlaces(req, places, area)
      : { status: 'notNeeded' as const, problem: null }
    const wasSearched = search.status === 'searched'
    const found = wasSearched ? await loadNearbyStations(db, query) : stored
    const lastSearch = wasSearched ? await findLastSearch(db, area) : lastSearchBefore
    const covered = isCovered(area, radiusMeters)
    const after = { ...summarize(found, limit), lastSearch }
    const completeness = describeCompleteness(after, { ...search, covered }, now)
    return { ...found, ...completeness, search: search.status }
  }
}

const summarize = ({ total, hasStale }: NearbyStations, limit: number) => ({
  found: total,
  limit,
  hasStale,
})

/** Searches an area. Returns why it was not searched; throws other errors. */
async function searchPlaces(
  req: PayloadRequest,
  places: PlacesService | null,
  area: SearchArea,
): Promise<{ status: SearchStatus; problem: string | null }> {
  if (!places) return { status: 'notConfigured', problem: null }
  try {
    await places.searchArea(req, area)
    return { status: 'searched', problem: null }
  } catch (error) {
    if (error instanceof PlacesError) {
      const status = error.kind === 'limited' ? 'limited' : 'unavailable'
      if (error.kind !== 'limited') req.payload.logger.warn({ err: error, msg: error.message })
      return { status, problem: toPublicProblem(error) }
    }
    if (!(error instanceof SingleFlightTimeout)) throw error
    return { status: 'unavailable', problem: BUSY }
  }
}

const BUSY = 'Google Places is being searched for others; only stored stations are listed.'

/** What a caller is told: the settings and the words of Google are for the log. */
const toPublicProblem = ({ kind, message }: PlacesError): string =>
  kind === 'limited'
    ? `Only stored stations are listed. ${message}`
    : 'Only stored stations are listed, because Google Places is not available.'
