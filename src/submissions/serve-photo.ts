import { APIError, type PayloadRequest } from 'payload'
import { buildFileKey } from '../owners/files.ts'
import { getService } from '../services.ts'
import { respondWithFile } from '../uploads/respond-with-file.ts'
import { toStorageResponseError } from '../uploads/storage-error.ts'
import { PHOTO_BUCKET, type SubmissionPhoto } from './store/photos.ts'

/** Nothing in a file may run, load anything, or be embedded. */
const POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"

/** Responds with a private photo. Nobody stores it: whoever may see it today may not tomorrow. */
export function servePhoto(
  req: PayloadRequest,
  { contentType, storageKey }: SubmissionPhoto,
): Promise<Response> {
  const storage = getService(req.payload, 'storages').owners
  return respondWithFile(req.headers, {
    storage,
    key: buildFileKey({ bucket: PHOTO_BUCKET, key: storageKey }),
    buildHeaders: () =>
      new Headers({
        'content-type': contentType,
        'content-disposition': 'inline',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      }),
    onMissing: () => {
      req.payload.logger.error(`The photo ${storageKey} is missing in the ${storage.label}.`)
      return new APIError('The photo is missing in the storage of this server.', 404)
    },
  }).catch((error: unknown) => {
    throw toStorageResponseError(req, error)
  })
}
