import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebReadable } from 'node:stream/web'
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from '../audit/origin.ts'

/** The most bytes of a body: of JSON and everything else, and of an upload with its form around it. */
const BODY_BYTES = 1_000_000
const UPLOAD_BYTES = 21_000_000

/** A request as Payload takes it, and whether its body turned out too large on the way. */
export type Bridged = { request: Request; tooLarge: () => boolean }

/**
 * The Web Request of an Express one. Headers of ours are as src/server/headers.ts set them, never as the client sent them. The URL is
 * built from the public origin, never from the Host header; the body streams and is counted; HEAD becomes GET; the signal aborts when the
 * client leaves.
 */
export function toWebRequest(req: ExpressRequest, res: ExpressResponse, publicOrigin: string): Bridged {
  const headers = new Headers()
  for (let i = 0; i < req.rawHeaders.length; i += 2) headers.append(req.rawHeaders[i] ?? '', req.rawHeaders[i + 1] ?? '')
  for (const ours of [REQUEST_ID_HEADER, ADDRESS_HEADER]) headers.set(ours, String(req.headers[ours] ?? ''))
  if (comesFromNowhere(req)) headers.delete('cookie')
  const left = new AbortController()
  res.once('close', () => res.writableEnded || left.abort())
  const limit = isUpload(req) ? UPLOAD_BYTES : BODY_BYTES
  const counted = counter(limit)
  const method = req.method === 'HEAD' ? 'GET' : req.method
  const body =
    method === 'GET' ? {} : { body: Readable.toWeb(req.pipe(counted.stream)) as ReadableStream, duplex: 'half' as const }
  req.once('close', () => req.complete || counted.stream.destroy(new Error('the client left in the middle of the body')))
  const said = Number(req.headers['content-length'] ?? 0)
  const request = new Request(publicOrigin + pathOf(req.originalUrl), { method, headers, signal: left.signal, ...body })
  return { request, tooLarge: () => said > limit || counted.over() }
}

/** Sends what Payload answered: every Set-Cookie on its own line, the body as it comes. A client that left is no error. */
export async function sendWebResponse(response: Response, req: ExpressRequest, res: ExpressResponse): Promise<void> {
  res.status(response.status)
  response.headers.forEach((value, name) => name !== 'set-cookie' && res.setHeader(name, value))
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) res.appendHeader('set-cookie', cookies)
  if (!response.body || req.method === 'HEAD') {
    res.end()
    return response.body?.cancel()
  }
  try {
    await pipeline(Readable.fromWeb(response.body as WebReadable), res)
  } catch (error) {
    if (!res.destroyed) throw error
  }
}

/**
 * Whether a request that may change something does not say that it comes from a page of ours: no Origin, which every browser sends with
 * it, and no word that it is of the same one. Payload would take its cookie from a sibling domain; an Origin that is said is Payload's to
 * judge.
 */
function comesFromNowhere({ headers, method }: ExpressRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && !headers.origin && headers['sec-fetch-site'] !== 'same-origin'
}

const isUpload = (req: ExpressRequest) => req.headers['content-type']?.startsWith('multipart/form-data') === true

/** The path and query of a request target, whichever form the client wrote it in. */
function pathOf(target: string): string {
  const { pathname, search } = new URL(target.startsWith('/') ? `http://target${target}` : target)
  return pathname + search
}

function counter(limit: number): { stream: Transform; over: () => boolean } {
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > limit ? new Error(`the body has more than ${limit} bytes`) : null, chunk)
    },
  })
  stream.on('error', () => stream.destroy())
  return { stream, over: () => bytes > limit }
}
