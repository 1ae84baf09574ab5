import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { getIdentity } from '../access/identity.ts'
import { getOrigin } from '../audit/origin.ts'
import { countRequest, formatRetryMessage } from '../auth/rate-limits/request-limits.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import { createPacing, SlotUnavailable } from '../egress/pacing.ts'
import { createSingleFlight } from '../egress/single-flight.ts'
import { isFresh, type SearchArea } from './domain/coverage.ts'
import { type Place, PlacesError, type PlacesSource } from './domain/places.ts'
import { findLastSearch, saveSearch } from './store/places.ts'

/** The name of Google Places in `request_slots`, where its pauses are stored. */
const SERVER = 'google-places'
/** After this time, the slot of a request belongs to a crashed process. */
const LEASE_MS = 30_000
/** The maximum wait for other requests to Google Places. */
const MAX_WAIT_MS = 5_000

/** Google Places with its limits: the only way to it. Throws PlacesError. */
export type PlacesService = {
  /** Searches an area unless it was searched within 30 days, and saves what was found. */
  searchArea: (req: PayloadRequest, area: SearchArea) => Promise<void>
  /** Calls the source for a caller, within the limit of each caller. */
  callFor: <Value>(req: PayloadRequest, call: PlacesCall<Value>) => Promise<Value>
  /** Calls the source for a job. */
  call: <Value>(payload: Payload, call: PlacesCall<Value>) => Promise<Value>
}

type PlacesCall<Value> = (source: PlacesSource) => Promise<Value>

/**
 * Creates the service for a source. One request at a time is sent; a quota error stops all requests
 * of all processes until the pause is over, which is stored in the database.
 */
export function createPlacesService(source: PlacesSource): PlacesService {
  const fly = createSingleFlight({ maxRunning: 1, timeoutMs: 2 * MAX_WAIT_MS })
  const call: PlacesService['call'] = (payload, send) => sendPaced(payload, source, send)
  const callFor: PlacesService['callFor'] = async (req, send) => {
    await limitCaller(req)
    return call(req.payload, send)
  }
  return {
    call,
    callFor,
    searchArea: async (req, area) => {
      const { pool } = getPostgresAdapter(req.payload)
      const db = drizzle(pool)
      const find = async () => {
        const last = await findLastSearch(db, area)
        return isFresh(last?.at ?? null, new Date()) ? true : null
      }
      const work = async () => {
        const places = await callFor(req, ({ searchStations }) => searchStations(area))
        await saveSearch(db, area, { places: dedupePlaces(places), at: new Date() })
        return true
      }
      await fly(pool, `stations ${area.key}`, { find, work })
    },
  }
}

/**
 * A place can be updated only once in one statement. In the order of their IDs, two searches that
 * found the same places wait for each other instead of being ended by a deadlock.
 */
const dedupePlaces = (places: readonly Place[]): Place[] =>
  [...new Map(places.map((place) => [place.placeId, place])).values()].toSorted((one, other) =>
    one.placeId < other.placeId ? -1 : 1,
  )

async function sendPaced<Value>(
  payload: Payload,
  source: PlacesSource,
  send: PlacesCall<Value>,
): Promise<Value> {
  const pacing = createPacing(getPostgresAdapter(payload).pool)
  const slot = await pacing
    .acquireSlot({
      server: SERVER,
      leaseMs: LEASE_MS,
      maxPauseMs: 0,
      maxWaitMs: MAX_WAIT_MS,
      signal: new AbortController().signal,
    })
    .catch((error: unknown) => {
      throw error instanceof SlotUnavailable ? buildPausedError(error) : error
    })
  try {
    return await send(source)
  } catch (error) {
    if (error instanceof PlacesError && error.pauseSeconds !== null)
      await pacing.pause(SERVER, error.pauseSeconds)
    throw error
  } finally {
    await slot.release(0)
  }
}

const buildPausedError = ({ waitMs }: SlotUnavailable): PlacesError =>
  waitMs === null
    ? new PlacesError('limited', 'Too many requests are waiting for Google Places.')
    : new PlacesError(
        'limited',
        'Google Places refused an earlier request. It will be asked again in ' +
          `${Math.ceil(waitMs / 60_000)} min.`,
      )

/** Counts a request by account or address. Throws PlacesError if there were too many. */
async function limitCaller(req: PayloadRequest): Promise<void> {
  const exceeded = await countRequest(req.payload, 'google-places', getCallerKey(req))
  if (!exceeded) return
  throw new PlacesError('limited', formatRetryMessage(exceeded.message, exceeded.seconds))
}

function getCallerKey(req: PayloadRequest): string {
  const identity = getIdentity(req)
  if (identity.kind === 'owner') return `owner ${identity.profile}`
  if (identity.kind === 'staff') return `staff ${identity.id}`
  return `address ${getOrigin(req).address ?? ''}`
}
