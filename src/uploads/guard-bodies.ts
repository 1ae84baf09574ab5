import {
  APIError,
  type Endpoint,
  FileUploadError,
  Forbidden,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type SanitizedConfig,
} from 'payload'
import { isMultipart, SIGN_IN_PATHS } from './body-limits.ts'
import { readBody, removeTempFiles } from './read-body.ts'
import { explainStorageError, toStorageResponseError } from './storage-error.ts'
import { finishFiles, undoFiles } from './stored-files.ts'
import { acquireUploadSlot } from './upload-slots.ts'
import { mapEndpoints } from '../api/map-endpoints.ts'

type Write = 'create' | 'update'

/** Payload's endpoints that write a row from a body, and the access that each requires. */
const WRITES: Readonly<Record<string, Write>> = {
  'post /': 'create',
  'post /:id/duplicate': 'create',
  'patch /': 'update',
  'patch /:id': 'update',
}
/**
 * Endpoints that read a body but write no row from it: their callers are checked elsewhere, or by
 * the body itself.
 */
const READS = [
  'post /access/:id?',
  ...SIGN_IN_PATHS.map((path) => `post /${path === 'verify' ? 'verify/:id' : path}`),
]

/**
 * Makes every endpoint of Payload check access before it reads the body, and take a slot before it
 * receives a file. Our own endpoints check access themselves. Apply it before
 * `restrictInternalCollections`, whose checks then also run before the body is read.
 */
export function guardBodies(config: SanitizedConfig): SanitizedConfig {
  return mapEndpoints(config, guardEndpoint)
}

function guardEndpoint(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  const name = `${endpoint.method} ${endpoint.path}`
  const write = WRITES[name]
  const hasFiles = takesFiles(collection)
  if (hasFiles && name === 'delete /:id') return withFilesFinished(endpoint, collection)
  if (!write && !READS.includes(name)) return endpoint
  const takesFile = hasFiles && name === 'post /'
  const handler: Endpoint['handler'] = async (req) => {
    if (write) await requireAccess(req, collection, write)
    const release =
      takesFile && isMultipart(req.headers.get('content-type')) ? acquireUploadSlot(req) : undefined
    try {
      await readBody(req, hasFiles)
      return await endpoint.handler(req)
    } catch (error) {
      throw await cleanUpFailure(req, collection, error)
    } finally {
      await removeTempFiles(req)
      release?.()
    }
  }
  return { ...endpoint, handler }
}

/** Wraps a deletion: its files are removed after the commit, and kept if it failed. */
function withFilesFinished(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  const handler: Endpoint['handler'] = async (req) => {
    const response = await Promise.resolve(endpoint.handler(req)).catch(async (error: unknown) => {
      throw await cleanUpFailure(req, collection, error)
    })
    await finishFiles(req)
    return response
  }
  return { ...endpoint, handler }
}

/**
 * Throws the Forbidden that the operation would throw, before the body is read. The operation still
 * checks rows and values.
 */
async function requireAccess(
  req: PayloadRequest,
  { access }: SanitizedCollectionConfig,
  write: Write,
): Promise<void> {
  const id = req.routeParams?.['id']
  const allowed = await access[write]({ req, ...(typeof id === 'string' && { id }) })
  if (!allowed) throw new Forbidden(req.t)
}

/** Removes the files of a failed write, and returns the error for the response. */
async function cleanUpFailure(
  req: PayloadRequest,
  collection: SanitizedCollectionConfig,
  error: unknown,
): Promise<unknown> {
  if (!takesFiles(collection)) return error
  await undoFiles(req, error)
  const { tempFileDir } = req.payload.config.upload
  const explained = await explainStorageError(error, tempFileDir ? [tempFileDir] : [])
  return toStorageResponseError(req, explainUnreadablePhoto(collection, explained))
}

/**
 * The error of a photo that could not be decoded. Payload only reports that there was a problem,
 * whatever it was; when the disk was full, that is already known.
 */
function explainUnreadablePhoto({ upload }: SanitizedCollectionConfig, error: unknown): unknown {
  if (!(error instanceof FileUploadError)) return error
  const { limitInputPixels } = upload.constructorOptions ?? {}
  const limit =
    typeof limitInputPixels === 'number'
      ? `, or has more than ${limitInputPixels / 1_000_000} million pixels`
      : ''
  return new APIError(
    `The photo cannot be read: it is damaged or incomplete${limit}. Save it again as a smaller ` +
      'JPEG, then upload that.',
    400,
    undefined,
    true,
  )
}

/** Whether rows of a collection have files. Payload's type wrongly makes `upload` always set. */
const takesFiles = ({ upload }: { upload?: unknown }) => Boolean(upload)
