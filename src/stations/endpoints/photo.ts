import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes } from '../../api/openapi/operation.ts'
import { SingleFlightTimeout } from '../../egress/single-flight.ts'
import { toStorageResponseError } from '../../uploads/storage-error.ts'
import { PlacesError } from '../domain/places.ts'
import type { PhotoLoader } from '../photos.ts'
import { loadRequestedStation, STATION_ID } from './requested-station.ts'

const RETRY_SECONDS = 60
/** Browsers keep a photo for a day. */
const CACHE_CONTROL = 'public, max-age=86400'

/**
 * GET /api/stations/:id/photo: the photo of a station as WebP, from the storage or from Google
 * Places, where its first request loads it.
 */
export const createPhotoEndpoint = (loadPhoto: PhotoLoader): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/photo',
    summary: 'Return the photo of a station',
    access: callers.anybody,
    params: STATION_ID,
    response: describeBytes('The photo.', 'image/webp'),
    refusals: [404],
    load: loadRequestedStation,
    handler: async ({ req, station }) => {
      const { name, photoReference } = station
      const photo = photoReference
        ? await loadPhoto(req, photoReference).catch((error: unknown) => refuse(req, error))
        : null
      if (!photo) throw new APIError(`${name} has no photo.`, 404, undefined, true)
      const headers = {
        'content-type': 'image/webp',
        'content-length': String(photo.byteLength),
        'x-content-type-options': 'nosniff',
        'cache-control': CACHE_CONTROL,
      }
      return new Response(new Uint8Array(photo), { headers })
    },
  })

/** Throws a 503 with Retry-After if the photo may be available later; the log has the reason. */
function refuse(req: PayloadRequest, error: unknown): never {
  if (!(error instanceof PlacesError) && !(error instanceof SingleFlightTimeout))
    throw toStorageResponseError(req, error)
  if (error instanceof PlacesError && error.kind !== 'limited')
    req.payload.logger.warn({ err: error, msg: error.message })
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(RETRY_SECONDS))
  const message = `The photo is not available now. Try again in ${RETRY_SECONDS} s.`
  throw new APIError(message, 503, undefined, true)
}
