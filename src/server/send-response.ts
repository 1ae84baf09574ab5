import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebReadable } from 'node:stream/web'
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import { type Encoding, buildEncodedTag } from '../domain/entity-tag.ts'
import {
  chooseEncoding,
  compressBytes,
  createCompressor,
  isCompressible,
} from './content-encoding.ts'

/**
 * Sends Payload's response: every Set-Cookie as a separate header, the body as a stream, compressed
 * if the client accepts it. Only src/server/cors.ts sets CORS headers. A client that left is not an
 * error.
 */
export async function sendWebResponse(
  response: Response,
  req: ExpressRequest,
  res: ExpressResponse,
): Promise<void> {
  const sized = await readLength(response)
  const encoding =
    isCompressible(sized.headers) && !hasSession(req)
      ? chooseEncoding(req.get('accept-encoding'))
      : null
  const bytes =
    encoding && sized.bytes && sized.bytes.byteLength > 0
      ? await compressBytes(sized.bytes, encoding)
      : sized.bytes
  res.status(response.status)
  setHeaders(res, response.status, sized.headers, encoding)
  if (bytes && response.status !== 304) res.setHeader('content-length', bytes.byteLength)
  if (!response.body || req.method === 'HEAD') {
    res.end()
    return sized.bytes ? undefined : response.body?.cancel()
  }
  if (bytes) return void res.end(bytes)
  const body = Readable.fromWeb(response.body as WebReadable)
  try {
    await (encoding ? pipeline(body, createCompressor(encoding), res) : pipeline(body, res))
  } catch (error) {
    if (!res.destroyed) throw error
  }
}

/**
 * Reads a JSON body completely, because it is already complete, so that its length is known. Every
 * other body is streamed.
 */
async function readLength(response: Response): Promise<{ headers: Headers; bytes?: Uint8Array }> {
  const headers = new Headers(response.headers)
  if (!response.body || !headers.get('content-type')?.startsWith('application/json'))
    return { headers }
  const bytes = new Uint8Array(await response.arrayBuffer())
  headers.set('content-length', String(bytes.byteLength))
  return { headers, bytes }
}

function setHeaders(
  res: ExpressResponse,
  status: number,
  headers: Headers,
  encoding: Encoding | null,
): void {
  headers.forEach((value, name) => isSent(name, status) && res.setHeader(name, value))
  const etag = headers.get('etag')
  if (etag) res.setHeader('etag', buildEncodedTag(etag, encoding))
  if (encoding && status !== 304) res.setHeader('content-encoding', encoding)
  if (encoding) res.removeHeader('content-length')
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) res.appendHeader('set-cookie', cookies)
}

/** Whether a header of Payload's response is sent unchanged. A 304 describes no body. */
function isSent(name: string, status: number): boolean {
  if (name === 'set-cookie' || name.startsWith('access-control-')) return false
  return status !== 304 || !['content-type', 'content-length', 'transfer-encoding'].includes(name)
}

/**
 * Whether a browser sent the request with a session cookie. Such responses are not compressed: a
 * page of another site could make a browser send requests and learn from the length of a response
 * whether it contains a guessed text (BREACH). Browsers never send a token in Authorization
 * automatically.
 */
const hasSession = ({ headers }: ExpressRequest) =>
  /(?:^|;\s*)[\w-]+-token=/.test(headers.cookie ?? '')
