import { Readable } from 'node:stream'
import type { ReadableStream as ByteStream } from 'node:stream/web'
import { APIError } from 'payload'
import { isKnownTag, isMatchedTag } from '../domain/entity-tag.ts'
import type { ByteRange, FileInfo, FileStorage } from '../storage/file-storage.ts'

/**
 * A stored file as a response: where it is, and its headers, with an ETag, Last-Modified and the
 * content type. `onMissing` returns the error for a file that the storage does not have.
 */
export type ServedFile = {
  storage: FileStorage
  key: string
  buildHeaders: (file: FileInfo) => Headers
  onMissing: () => Error
}

/**
 * Responds with a stored file: validators, 304, 412, and one range of bytes (RFC 9110, 13 and 14).
 * Access was checked before.
 */
export async function respondWithFile(request: Headers, served: ServedFile): Promise<Response> {
  const { storage, key, onMissing } = served
  const buildHeaders = (file: FileInfo) => {
    const headers = served.buildHeaders(file)
    headers.set('accept-ranges', 'bytes')
    return headers
  }
  // A request without conditions needs no facts first: S3 then gets one request instead of two.
  const known = hasConditions(request) ? await storage.head(key) : undefined
  if (known === null) throw onMissing()
  const early = known && respondByConditions(request, buildHeaders(known), known)
  if (early) return early
  const range = known && findRange(request, buildHeaders(known), known.size)
  const bytes = range && range !== 'unsatisfiable' ? range : undefined
  const file = await storage.open(key, bytes)
  if (!file) throw onMissing()
  const headers = buildHeaders(file)
  const { start, end } = bytes ?? { start: 0, end: file.size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (bytes) headers.set('content-range', `bytes ${start}-${end}/${file.size}`)
  return new Response(toWebStream(file.stream), { status: bytes ? 206 : 200, headers })
}

const CONDITIONS = [
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
] as const

const hasConditions = (request: Headers) => CONDITIONS.some((name) => request.has(name))

/** The response that needs no bytes: 304 or 416; null if the file is needed. Throws a 412. */
function respondByConditions(request: Headers, headers: Headers, file: FileInfo): Response | null {
  if (!isUnmodified(request, headers)) throw new APIError(NOT_MATCHED, 412, undefined, true)
  if (isFresh(request, headers)) return new Response(null, { status: 304, headers })
  if (findRange(request, headers, file.size) !== 'unsatisfiable') return null
  return new Response(null, {
    status: 416,
    headers: { 'content-range': `bytes */${file.size}`, 'accept-ranges': 'bytes' },
  })
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
