import { promisify } from 'node:util'
import {
  brotliCompress,
  type BrotliOptions,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  type ZlibOptions,
} from 'node:zlib'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import { type Encoding, ENCODINGS } from '../domain/entity-tag.ts'

/** Responses with fewer bytes are not compressed, because they fit into one packet anyway. */
export const MIN_BYTES = 1_024

/**
 * Brotli 4 and gzip 6 take about as long; a higher level of either costs more processor time than
 * it saves on the network.
 */
const BROTLI: BrotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 4,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
}
const GZIP: ZlibOptions = { level: 6 }

/**
 * Matches types of text that compress well. Event streams must arrive immediately, and photos and
 * archives are already compressed.
 */
const COMPRESSIBLE =
  /^(?:application\/(?:[\w.+-]+\+)?json|text\/(?!event-stream)[\w.-]+|image\/svg\+xml)(?:;|$)/i

const encodingCache = new LRUCache<string, { encoding: Encoding | null }>({ max: 200 })

/**
 * The coding that Accept-Encoding prefers, and among equal ones the one that we prefer; null if
 * none is accepted (RFC 9110, 12.5.3).
 */
export function chooseEncoding(header: string | undefined): Encoding | null {
  if (!header || header.length > 500) return null
  const cached = encodingCache.get(header)
  if (cached) return cached.encoding
  const negotiator = new Negotiator({
    headers: { 'accept-encoding': header },
  }) as unknown as PreferringNegotiator
  const best = negotiator.encoding([...ENCODINGS, 'identity'], { preferred: [...ENCODINGS] })
  const encoding = ENCODINGS.find((one) => one === best) ?? null
  encodingCache.set(header, { encoding })
  return encoding
}

/** The options of version 1 of the library, which its types do not include yet. */
type PreferringNegotiator = {
  encoding: (available: string[], options: { preferred: string[] }) => string | undefined
}

/**
 * Whether a response with these headers may be compressed: a text that is not encoded yet and not
 * marked `no-transform`.
 */
export function isCompressible(headers: Headers): boolean {
  if (headers.has('content-encoding') || headers.has('content-range')) return false
  if (headers.get('cache-control')?.includes('no-transform')) return false
  const bytes = headers.get('content-length')
  return (
    COMPRESSIBLE.test(headers.get('content-type') ?? '') &&
    (bytes === null || Number(bytes) >= MIN_BYTES)
  )
}

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) }

/** Compresses bytes in a coding. */
export function compressBytes(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  return encoding === 'br' ? compressors.br(bytes, BROTLI) : compressors.gzip(bytes, GZIP)
}

/** Creates a stream that compresses its input. */
export function createCompressor(encoding: Encoding) {
  return encoding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP)
}
