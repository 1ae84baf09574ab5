import { createCircuitBreaker } from '../../../egress/circuit-breaker.ts'
import { Egress, findRedirect } from '../../../egress/egress.ts'
import { asEgressFailure } from '../../../egress/failure.ts'
import { createTrustedGuard, Gate } from '../../../egress/gate.ts'
import { MAX_PLACES, type SearchArea } from '../../domain/coverage.ts'
import { type Place, PlacesError, type PlacesSource } from '../../domain/places.ts'
import {
  buildPlacesError,
  buildUnavailableError,
  type PlacesAccess,
  requestPlaces,
  sendWithKey,
} from './client.ts'
import { PHOTO_NAME, PLACE, SEARCH_RESULT } from './schema.ts'

/** The base URL and key of Google Places (New), and the time limit per response. */
export type GooglePlacesOptions = {
  url: string
  key: string
  timeoutMs?: number
}

const TIMEOUT_MS = 5_000
/** The time in which Google is left alone after it did not respond. */
const COOL_DOWN_MS = 30_000
const MAX_PHOTO_PIXELS = 1_200
/** The limit of a photo in bytes; one of 1,200 pixels has less than a megabyte. */
const MAX_PHOTO_BYTES = 5_000_000

const FIELDS = [
  'id',
  'displayName',
  'formattedAddress',
  'location',
  'nationalPhoneNumber',
  'websiteUri',
  'photos',
  'businessStatus',
]

/** Creates the source of gas stations from Google Places API (New). */
export function createGooglePlaces({
  url,
  key,
  timeoutMs = TIMEOUT_MS,
}: GooglePlacesOptions): PlacesSource {
  const breaker = createCircuitBreaker({
    isUnresponsive: (error) => asEgressFailure(error)?.kind === 'timeout',
    coolDownMs: COOL_DOWN_MS,
  })
  const egress = new Egress(createTrustedGuard(), { total: timeoutMs })
  const access = { url, key, egress, breaker }
  const photos = new Egress(new Gate([url]), { total: timeoutMs, bytes: MAX_PHOTO_BYTES })
  return {
    searchStations: (area, signal) => searchStations(access, area, signal),
    fetchPlace: (placeId, signal) => fetchPlace(access, placeId, signal),
    fetchPhoto: (reference, signal) => fetchPhoto(access, photos, reference, signal),
  }
}

/**
 * The open gas stations of an area, nearest to its center first. Unreadable ones are left out,
 * unless all of them are.
 */
async function searchStations(
  access: PlacesAccess,
  { center, radiusMeters }: SearchArea,
  signal: AbortSignal | undefined,
): Promise<Place[]> {
  const found = await requestPlaces(access, {
    path: '/v1/places:searchNearby',
    fieldMask: FIELDS.map((field) => `places.${field}`).join(','),
    body: {
      includedTypes: ['gas_station'],
      maxResultCount: MAX_PLACES,
      rankPreference: 'DISTANCE',
      locationRestriction: { circle: { center, radius: radiusMeters } },
    },
    schema: SEARCH_RESULT,
    signal,
  })
  if (!found)
    throw new PlacesError(
      'rejected',
      'There is no Google Places at the address in PLACES_URL: it responded with 404.',
    )
  const readable = found.places.flatMap((row) => PLACE.safeParse(row).data ?? [])
  if (found.places.length > 0 && readable.length === 0)
    throw new PlacesError(
      'unavailable',
      `Google Places returned ${found.places.length} places, none of which can be read.`,
    )
  return readable.flatMap(({ isClosed, place }) => (isClosed ? [] : [place]))
}

async function fetchPlace(
  access: PlacesAccess,
  placeId: string,
  signal: AbortSignal | undefined,
): Promise<Place | null> {
  const found = await requestPlaces(access, {
    path: `/v1/places/${encodeURIComponent(placeId)}`,
    fieldMask: FIELDS.join(','),
    schema: PLACE,
    signal,
  })
  return found && !found.isClosed ? found.place : null
}

/**
 * Fetches a photo. Google redirects to another server, which does not get the key and must be on
 * the public internet.
 */
async function fetchPhoto(
  access: PlacesAccess,
  photos: Egress,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<Buffer | null> {
  if (!PHOTO_NAME.test(reference)) return null
  const size = `maxWidthPx=${MAX_PHOTO_PIXELS}&maxHeightPx=${MAX_PHOTO_PIXELS}`
  const url = `${access.url.replace(/\/$/, '')}/v1/${reference}/media?${size}`
  const first = await sendWithKey(access, { url, ...(signal && { signal }) })
  const target = findRedirect(first)
  if (first.status === 404) return null
  const location = target === undefined ? null : URL.parse(target, url)
  if (!location) throw buildPlacesError(access, first, undefined)
  const photo = await photos
    .fetch({ url: location.href, ...(signal && { signal }) })
    .catch((error: unknown) => {
      signal?.throwIfAborted()
      throw buildUnavailableError(error)
    })
  if (photo.status === 404) return null
  if (photo.status === 200) return photo.body
  throw new PlacesError('unavailable', `The server of the photo responded with ${photo.status}.`)
}
