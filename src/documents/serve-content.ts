import { APIError, type PayloadRequest } from 'payload'
import { buildFileKey } from '../owners/files.ts'
import { getService } from '../services.ts'
import { respondWithFile } from '../uploads/respond-with-file.ts'
import { toStorageResponseError } from '../uploads/storage-error.ts'
import { formatDisposition } from './domain/file-name.ts'
import { isFileType } from './domain/file-types.ts'

/** Stored bytes to respond with, and how: downloaded under a name, or shown in a page. */
export type Content = {
  bucket: string | null
  key: string
  contentType: string
  fileName: string
  disposition: 'attachment' | 'inline'
}

/** Browsers keep it, and ask each time whether they may still use it. */
const CACHE_CONTROL = 'private, no-cache'
/** Nothing in a file may run, load anything, or be embedded, wherever a browser shows it. */
const POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
/** Browsers download a file of this type and never show it. */
const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * Responds with a file of an owner, or a range of it. The key is random and its bytes never change,
 * so it is the ETag. Throws a 404 for a file that is missing in the storage, and a 503 while that
 * is unavailable.
 */
export function serveContent(req: PayloadRequest, content: Content): Promise<Response> {
  const { bucket, key, contentType, fileName, disposition } = content
  const storage = getService(req.payload, 'storages').owners
  return respondWithFile(req.headers, {
    storage,
    key: buildFileKey({ bucket, key }),
    buildHeaders: ({ modifiedAt }) =>
      new Headers({
        'content-type': isFileType(contentType) ? contentType : UNKNOWN_TYPE,
        'content-disposition': formatDisposition(disposition, fileName),
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': CACHE_CONTROL,
        etag: `"${key.replaceAll(/[^\w.-]/g, '')}"`,
        'last-modified': modifiedAt.toUTCString(),
      }),
    onMissing: () => {
      req.payload.logger.error(`The file ${key} has a row, but is missing in the ${storage.label}.`)
      return new APIError('The file is missing in the storage of this server.', 404)
    },
  }).catch((error: unknown) => {
    throw toStorageResponseError(req, error)
  })
}
