import { NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes, describeRedirect } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getService } from '../../services.ts'
import { respondWithFile } from '../../uploads/respond-with-file.ts'
import { buildStoredFileHeaders } from '../../uploads/serve-file.ts'
import { toStorageResponseError } from '../../uploads/storage-error.ts'
import { BANNERS_FOLDER, buildBannerUrl, findBannerCar } from '../domain/banner-files.ts'
import { isSizeName, SIZES_FOLDER } from '../domain/photo-sizes.ts'
import { loadCarBanners } from '../store/banners.ts'
import { findSizeVisibility } from '../store/photo-sizes.ts'

const NAME = z.object({ filename: z.string().max(100) })

/** GET /api/media/sizes/:filename: one size of a photo, public as long as the photo is. */
export const serveSize = endpoint({
  method: 'get',
  path: '/sizes/:filename',
  summary: 'Return one size of a photo',
  access: callers.anybody,
  params: NAME,
  response: describeBytes('The size, as AVIF or WebP.', 'image/*'),
  refusals: [404],
  handler: async ({ req }, { params: { filename } }) => {
    if (!isSizeName(filename)) throw new NotFound(req.t)
    const key = `${SIZES_FOLDER}${filename}`
    const isPublic = await findSizeVisibility(getTransaction(req).db, key)
    const isVisible = isPublic === true || (isPublic === false && permissions.isStaff({ req }))
    if (!isVisible) throw new NotFound(req.t)
    return serve(req, key)
  },
})

/**
 * GET /api/inventory/banners/:filename: the banner of an available car. The address of an earlier
 * banner leads to the one of now, because channels read addresses later than feeds.
 */
export const serveBanner = endpoint({
  method: 'get',
  path: '/banners/:filename',
  summary: 'Return the first photo of a car with its price on it',
  access: callers.anybody,
  params: NAME,
  response: describeBytes('The banner, as JPEG.', 'image/jpeg'),
  refusals: [404],
  otherResponses: { 302: describeRedirect('The banner of now, if this is an earlier one.') },
  handler: async ({ req }, { params: { filename } }) => {
    const car = findBannerCar(filename)
    const [banner] = car === null ? [] : await loadCarBanners(req, [car])
    if (!banner?.wanted || !banner.stored) throw new NotFound(req.t)
    const { storageKey } = banner.stored
    if (storageKey === `${BANNERS_FOLDER}${filename}`) return serve(req, storageKey)
    const location = buildBannerUrl(req.payload.config.serverURL, storageKey)
    return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-cache' } })
  },
})

/** Responds with a file of the storage; a row names it, so the log reports that it is missing. */
function serve(req: PayloadRequest, key: string): Promise<Response> {
  const { media } = getService(req.payload, 'storages')
  return respondWithFile(req.headers, {
    storage: media,
    key,
    buildHeaders: (file) => buildStoredFileHeaders(req, key, file),
    onMissing: () => {
      req.payload.logger.error(`${key} has a row, but is missing in the ${media.label}.`)
      return new NotFound(req.t)
    },
  }).catch((error: unknown) => {
    throw toStorageResponseError(req, error)
  })
}
