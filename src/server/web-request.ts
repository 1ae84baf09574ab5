import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from '../audit/origin.ts'
import { BodyError } from '../uploads/body-error.ts'
import { BODY_BYTES, formatSize } from '../uploads/body-limits.ts'

/** The limits of a body: its maximum size in bytes, and how many milliseconds it may stall. */
export type BodyLimits = { bytes: number; stallMs: number }

/**
 * A request in the form that Payload takes, and the error of its body; undefined if there is none.
 */
export type ConvertedRequest = { request: Request; bodyError: () => BodyError | undefined }

/** The default for how long a body may stall. */
export const STALL_MS = 20_000

const DEFAULT_LIMITS: BodyLimits = { bytes: BODY_BYTES, stallMs: STALL_MS }

/** Methods whose bodies are read; the body of any other request is ignored. */
const METHODS_WITH_BODY = ['POST', 'PATCH', 'PUT']

/**
 * Converts an Express request to a Web Request. Internal headers are as src/server/headers.ts set
 * them, never as the client sent them. The URL is built from the public origin, never from the Host
 * header; HEAD becomes GET; the signal aborts when the client leaves. The body is not read before
 * the handler reads it, so that access can be checked first; size and stalls are checked during the
 * read.
 */
export function toWebRequest(
  req: ExpressRequest,
  res: ExpressResponse,
  publicOrigin: string,
  limits: BodyLimits = DEFAULT_LIMITS,
): ConvertedRequest {
  const headers = new Headers()
  for (let i = 0; i < req.rawHeaders.length; i += 2)
    headers.append(req.rawHeaders[i] ?? '', req.rawHeaders[i + 1] ?? '')
  for (const ours of [REQUEST_ID_HEADER, ADDRESS_HEADER])
    headers.set(ours, String(req.headers[ours] ?? ''))
  if (lacksTrustedOrigin(req)) headers.delete('cookie')
  // RFC 9110, 14.2
  if (req.method !== 'GET') for (const name of ['range', 'if-range']) headers.delete(name)
  const left = new AbortController()
  res.once('close', () => res.writableEnded || left.abort())
  const method = req.method === 'HEAD' ? 'GET' : req.method
  const reader = new BodyReader(req, limits)
  const body = METHODS_WITH_BODY.includes(method)
    ? { body: reader.stream(), duplex: 'half' as const }
    : {}
  const request = new Request(publicOrigin + getPathAndQuery(req.originalUrl), {
    method,
    headers,
    signal: left.signal,
    ...body,
  })
  return { request, bodyError: () => ('body' in body ? reader.error : undefined) }
}

/** Reads the body of a request in chunks, on demand. */
class BodyReader {
  error: BodyError | undefined
  #bytes = 0
  readonly #req: ExpressRequest
  readonly #limits: BodyLimits

  constructor(req: ExpressRequest, limits: BodyLimits) {
    this.#req = req
    this.#limits = limits
    if (Number(req.headers['content-length'] ?? 0) > limits.bytes)
      this.error = createTooLargeError(limits.bytes)
  }

  stream(): ReadableStream<Uint8Array> {
    const chunks = this.#req.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await this.#next(chunks)
          if (done) controller.close()
          else controller.enqueue(value)
        },
      },
      { highWaterMark: 0 },
    )
  }

  async #next(chunks: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer, undefined>> {
    try {
      if (this.error) throw this.error
      const next = await this.#inTime(chunks.next())
      this.#bytes += next.done ? 0 : next.value.length
      if (this.#bytes > this.#limits.bytes) throw createTooLargeError(this.#limits.bytes)
      return next as IteratorResult<Buffer, undefined>
    } catch (error) {
      this.error =
        error instanceof BodyError
          ? error
          : new BodyError(400, 'The client disconnected in the middle of the body.')
      throw this.error
    }
  }

  async #inTime<Value>(next: Promise<Value>): Promise<Value> {
    const { stallMs } = this.#limits
    let late: NodeJS.Timeout | undefined
    const stalled = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new BodyError(408, formatStallMessage(stallMs))), stallMs)
    })
    next.catch(() => undefined)
    return Promise.race([next, stalled]).finally(() => clearTimeout(late))
  }
}

const createTooLargeError = (bytes: number) =>
  new BodyError(413, `The body is too large: the limit here is ${formatSize(bytes)}.`)
const formatStallMessage = (ms: number) =>
  `The body is incomplete: no data arrived for ${ms / 1000} seconds. Send it again.`

/**
 * Whether a request that may change something lacks proof that it comes from one of our pages: it
 * has no Origin, which every browser sends with such requests, and no header that it is
 * same-origin. Payload would accept its cookie from a sibling domain; Payload itself checks an
 * Origin.
 */
function lacksTrustedOrigin({ headers, method }: ExpressRequest): boolean {
  return (
    !['GET', 'HEAD', 'OPTIONS'].includes(method) &&
    !headers.origin &&
    headers['sec-fetch-site'] !== 'same-origin'
  )
}

/** The path and query of a request target, in whichever form the client sent it. */
function getPathAndQuery(target: string): string {
  const { pathname, search } = new URL(target.startsWith('/') ? `http://target${target}` : target)
  return pathname + search
}
