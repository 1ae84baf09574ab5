import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as ByteStream } from 'node:stream/web'
import { APIError, type PayloadRequest, type SanitizedCollectionConfig } from 'payload'
import { isKnownTag, isMatchedTag } from '../domain/entity-tag.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
}

/**
 * The name of a file is random and its bytes never change: a cache needs to request it only once.
 */
const FOREVER = 'public, max-age=31536000, immutable'
/**
 * Files for staff only are revalidated each time, so that a browser drops them with the session.
 */
const PRIVATE = 'private, no-cache'

type FileParams = { params: { collection: string; filename: string } }
type Bytes = { start: number; end: number }

/**
 * Serves a stored photo instead of Payload's handler, which has no validators and handles ranges
 * differently: ETag and Last-Modified, 304, and one range of bytes (RFC 9110, 13 and 14).
 * Everything else is left to Payload. Access was checked before.
 */
export const serveFile = (req: PayloadRequest, { params }: FileParams): Promise<Response> =>
  respond(req, params) as Promise<Response> // Payload's type knows no handler that may do either

async function respond(
  req: PayloadRequest,
  { collection, filename }: FileParams['params'],
): Promise<Response | undefined> {
  const type = TYPES[path.extname(filename).toLowerCase()]
  const file =
    type &&
    resolveFile(
      req.payload.config.collections.find(({ slug }) => slug === collection),
      filename,
    )
  const found = file ? await stat(file).catch(() => null) : null
  if (!type || !file || !found?.isFile()) return undefined
  const { size, mtime } = found
  const name = path.basename(filename, path.extname(filename)).replace(/[^\w-]/g, '')
  const headers = new Headers({
    etag: `"${name}-${size.toString(36)}"`,
    'last-modified': mtime.toUTCString(),
    'cache-control': req.user ? PRIVATE : FOREVER,
    'accept-ranges': 'bytes',
  })
  if (!isUnmodified(req.headers, headers)) throw new APIError(NOT_MATCHED, 412, undefined, true)
  if (isFresh(req.headers, headers)) return new Response(null, { status: 304, headers })
  headers.set('content-type', type)
  const range = findRange(req.headers, headers, size)
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' },
    })
  const { start, end } = range ?? { start: 0, end: size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (range) headers.set('content-range', `bytes ${start}-${end}/${size}`)
  return new Response(readBytes(file, { start, end }), { status: range ? 206 : 200, headers })
}

/** The path of a file within the folder of its collection; null for one outside of it. */
function resolveFile(
  collection: SanitizedCollectionConfig | undefined,
  filename: string,
): string | null {
  if (!collection || filename.includes('\0')) return null
  const folder = path.resolve(collection.upload.staticDir ?? collection.slug)
  const file = path.resolve(folder, filename)
  return file.startsWith(folder + path.sep) ? file : null
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
function findRange(request: Headers, file: Headers, size: number): Bytes | 'unsatisfiable' | null {
  const condition = request.get('if-range')?.trim()
  if (condition !== undefined && ![file.get('etag'), file.get('last-modified')].includes(condition))
    return null
  const [range, from = '', to = '', suffix] = RANGE.exec(request.get('range') ?? '') ?? []
  if (range === undefined || (to !== '' && Number(to) < Number(from))) return null
  const start = suffix === undefined ? Number(from) : Math.max(0, size - Number(suffix))
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}

const readBytes = (file: string, bytes: Bytes) =>
  Readable.toWeb(createReadStream(file, bytes)) as ByteStream<Uint8Array> as ReadableStream
