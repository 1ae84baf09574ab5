import path from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as ByteStream } from 'node:stream/web'
import { APIError, NotFound, type PayloadRequest } from 'payload'
import { isKnownTag, isMatchedTag } from '../domain/entity-tag.ts'
import { getService } from '../services.ts'
import type { ByteRange, FileInfo } from '../storage/file-storage.ts'
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
  const storage = getService(req.payload, 'storages').media
  // A request without conditions needs no facts first: S3 then gets one request instead of two.
  const known = hasConditions(req) ? await storage.head(filename) : undefined
  if (known === null) throw refuseMissing(req, filename)
  const early = known && respondByConditions(req, filename, known)
  if (early) return early
  const range = known && findRange(req.headers, buildHeaders(req, filename, known), known.size)
  const bytes = range && range !== 'unsatisfiable' ? range : undefined
  const file = await storage.open(filename, bytes)
  if (!file) throw refuseMissing(req, filename)
  const headers = buildHeaders(req, filename, file)
  headers.set('content-type', TYPES[path.extname(filename).toLowerCase()] ?? UNKNOWN_TYPE)
  const { start, end } = bytes ?? { start: 0, end: file.size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (bytes) headers.set('content-range', `bytes ${start}-${end}/${file.size}`)
  return new Response(toWebStream(file.stream), { status: bytes ? 206 : 200, headers })
}

/** Whether this is a name in the storage, and not a path out of it or a hidden file. */
const isFileName = (name: string) => !/^\.|[\0/\\]/.test(name)

const CONDITIONS = [
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
] as const

const hasConditions = ({ headers }: PayloadRequest) => CONDITIONS.some((name) => headers.has(name))

/** The response that needs no bytes: 304 or 416; null if the file is needed. Throws a 412. */
function respondByConditions(req: PayloadRequest, name: string, file: FileInfo): Response | null {
  const headers = buildHeaders(req, name, file)
  if (!isUnmodified(req.headers, headers)) throw new APIError(NOT_MATCHED, 412, undefined, true)
  if (isFresh(req.headers, headers)) return new Response(null, { status: 304, headers })
  if (findRange(req.headers, headers, file.size) !== 'unsatisfiable') return null
  return new Response(null, {
    status: 416,
    headers: { 'content-range': `bytes */${file.size}`, 'accept-ranges': 'bytes' },
  })
}

function buildHeaders({ user }: PayloadRequest, filename: string, file: FileInfo): Headers {
  const name = path.basename(filename, path.extname(filename)).replace(/[^\w-]/g, '')
  return new Headers({
    etag: `"${name}-${file.size.toString(36)}"`,
    'last-modified': file.modifiedAt.toUTCString(),
    'cache-control': user ? PRIVATE : FOREVER,
    'accept-ranges': 'bytes',
  })
}

/** A row names the file, so the log reports that it is missing. */
function refuseMissing({ payload, t }: PayloadRequest, filename: string): NotFound {
  const { label } = getService(payload, 'storages').media
  payload.logger.error(`The photo ${filename} has a row, but is missing in the ${label}.`)
  return new NotFound(t)
}

const NOT_MATCHED =
  'The file does not match If-Match or If-Unmodified-Since. Repeat the request without ' +
  'these headers.'

/**
 * Whether the file matches If-Match or, without it, is unchanged since If-Unmodified-Since (RFC
 * 9110, 13.2.2).
 */
function isUnmodified(request: Headers, file: Headers): boolean {
  if (request.has('if-match')) return isMatchedTag(request.get('if-match'), file.get('etag') ?? '')
  const since = Date.parse(request.get('if-unmodified-since') ?? '')
  return Number.isNaN(since) || Date.parse(file.get('last-modified') ?? '') <= since
}

/** Whether the client has the file: by its tag or, without one, by the date (RFC 9110, 13.2.2). */
function isFresh(request: Headers, file: Headers): boolean {
  const known = request.get('if-none-match')
  if (known !== null) return isKnownTag(known, file.get('etag') ?? '')
  const since = Date.parse(request.get('if-modified-since') ?? '')
  return !Number.isNaN(since) && Date.parse(file.get('last-modified') ?? '') <= since
}

/** One range of bytes, from a place on or from the end (RFC 9110, 14.1.2). */
const RANGE = /^bytes=\s*(?:(\d+)-(\d*)|-(\d+))\s*$/i

/**
 * The range that is wanted; null for the whole file: no range, one of another unit, one that is
 * malformed or several, and one of a file that is another now (If-Range). A server may ignore Range
 * (RFC 9110, 14.2).
 */
function findRange(
  request: Headers,
  file: Headers,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const condition = request.get('if-range')?.trim()
  if (condition !== undefined && ![file.get('etag'), file.get('last-modified')].includes(condition))
    return null
  const [range, from = '', to = '', suffix] = RANGE.exec(request.get('range') ?? '') ?? []
  if (range === undefined || (to !== '' && Number(to) < Number(from))) return null
  const start = suffix === undefined ? Number(from) : Math.max(0, size - Number(suffix))
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}

const toWebStream = (stream: Readable) =>
  Readable.toWeb(stream) as ByteStream<Uint8Array> as ReadableStream
