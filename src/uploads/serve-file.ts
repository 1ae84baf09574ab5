import path from 'node:path'
import { NotFound, type PayloadRequest } from 'payload'
import { getService } from '../services.ts'
import type { FileInfo } from '../storage/file-storage.ts'
import { respondWithFile } from './respond-with-file.ts'
import { toStorageResponseError } from './storage-error.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
}

/** Browsers download a file of this type and never run it. */
const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * The name of a file is random and its bytes never change: a cache needs to request it only once.
 */
const FOREVER = 'public, max-age=31536000, immutable'
/**
 * Files for staff only are revalidated each time, so that a browser drops them with the session.
 */
const PRIVATE = 'private, no-cache'

type FileParams = { params: { collection: string; filename: string } }

/**
 * Serves a stored photo instead of Payload's handler, which only reads the disk, has no validators
 * and handles ranges differently: ETag and Last-Modified, 304, and one range of bytes (RFC 9110, 13
 * and 14). Access was checked before.
 */
export const serveFile = (req: PayloadRequest, { params }: FileParams): Promise<Response> =>
  respond(req, params.filename).catch((error: unknown) => {
    throw toStorageResponseError(req, error)
  }) as Promise<Response> // Payload's type knows no handler that may do either

async function respond(req: PayloadRequest, filename: string): Promise<Response | undefined> {
  if (!isFileName(filename)) return undefined
  return respondWithFile(req.headers, {
    storage: getService(req.payload, 'storages').media,
    key: filename,
    buildHeaders: (file) => buildStoredFileHeaders(req, filename, file),
    onMissing: () => refuseMissing(req, filename),
  })
}

/** Whether this is a name in the storage, and not a path out of it or a hidden file. */
const isFileName = (name: string) => !/^\.|[\0/\\]/.test(name)

/**
 * The headers of a stored file whose name is random and whose bytes never change: its type by its
 * name, validators, and a year in caches, but none for staff.
 */
export function buildStoredFileHeaders(
  { user }: Pick<PayloadRequest, 'user'>,
  filename: string,
  file: FileInfo,
): Headers {
  const name = path.basename(filename, path.extname(filename)).replace(/[^\w-]/g, '')
  return new Headers({
    'content-type': TYPES[path.extname(filename).toLowerCase()] ?? UNKNOWN_TYPE,
    etag: `"${name}-${file.size.toString(36)}"`,
    'last-modified': file.modifiedAt.toUTCString(),
    'cache-control': user ? PRIVATE : FOREVER,
  })
}

/** A row names the file, so the log reports that it is missing. */
function refuseMissing({ payload, t }: PayloadRequest, filename: string): NotFound {
  const { label } = getService(payload, 'storages').media
  payload.logger.error(`The photo ${filename} has a row, but is missing in the ${label}.`)
  return new NotFound(t)
}
