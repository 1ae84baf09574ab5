import type { SearchArea } from './coverage.ts'

/** A gas station as Google Places knows it. `photoReference` is the name of its first photo. */
export type Place = {
  placeId: string
  name: string
  address: string | null
  latitude: number
  longitude: number
  phone: string | null
  website: string | null
  photoReference: string | null
}

/** The port to Google Places. Every method throws PlacesError. */
export type PlacesSource = {
  /** The places nearest to the center of an area, at most MAX_PLACES. */
  searchStations: (area: SearchArea, signal?: AbortSignal) => Promise<Place[]>
  /** One place; null if it does not exist anymore or closed permanently. */
  fetchPlace: (placeId: string, signal?: AbortSignal) => Promise<Place | null>
  /** The bytes of a photo, as sent; null if it does not exist anymore. */
  fetchPhoto: (reference: string, signal?: AbortSignal) => Promise<Buffer | null>
}

/**
 * Why Google Places did not return anything: the caller or the account is over a limit, the key or
 * the request was rejected, or there was no valid response.
 */
export type PlacesErrorKind = 'limited' | 'rejected' | 'unavailable'

/**
 * A request to Google Places without a result. The message is for users and never contains the key.
 * `pauseSeconds` is for how long no other request should be sent.
 */
export class PlacesError extends Error {
  override readonly name = 'PlacesError'
  readonly kind: PlacesErrorKind
  readonly pauseSeconds: number | null
  constructor(
    kind: PlacesErrorKind,
    message: string,
    { pauseSeconds = null, ...options }: { pauseSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(message, options)
    this.kind = kind
    this.pauseSeconds = pauseSeconds
  }
}
