import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { buildErrorBody } from '../../domain/api-error.ts'
import {
  type Encoding,
  isKnownTag,
  isMatchedTag,
  buildEncodedTag,
} from '../../domain/entity-tag.ts'
import { buildEntityTag, NOT_MATCHED } from '../conditional.ts'
import { chooseEncoding, compressBytes, MIN_BYTES } from '../content-encoding.ts'

/**
 * A cached public response: the text in UTF-8 with its media type, its strong entity tag, and the
 * compressed forms that were requested so far.
 */
export type PublicAnswer = {
  body: Uint8Array
  type: string
  etag: string
  encoded: Map<Encoding, Promise<Uint8Array>>
}

/**
 * Builds the response for a body, JSON if no other media type is given. `version` is the version of
 * the row, if the body is a single row.
 */
export function buildAnswer(
  body: Uint8Array,
  version: string | null = null,
  type = 'application/json',
): PublicAnswer {
  return { body, type, etag: buildEntityTag(body, version), encoded: new Map() }
}

/**
 * Sends the response: with its body, without it for HEAD, as 304 to a client that already has it,
 * or as 412 if If-Match names another state. `headers` are sent in every case.
 */
export async function sendAnswer(
  answer: PublicAnswer,
  headers: OutgoingHttpHeaders,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const encoding =
    answer.body.byteLength < MIN_BYTES
      ? null
      : chooseEncoding(req.headers['accept-encoding']?.toString())
  const etag = buildEncodedTag(answer.etag, encoding)
  if (!isMatchedTag(req.headers['if-match'], answer.etag)) {
    const refused = Buffer.from(JSON.stringify(buildErrorBody(412, NOT_MATCHED)))
    res.writeHead(412, {
      ...headers,
      'content-type': 'application/json',
      'content-length': refused.byteLength,
    })
    res.end(req.method === 'HEAD' ? undefined : refused)
    return
  }
  if (isKnownTag(req.headers['if-none-match'], answer.etag)) {
    res.writeHead(304, { ...headers, etag })
    res.end()
    return
  }
  const body = encoding ? await encodeOnce(answer, encoding) : answer.body
  const own = { etag, 'content-type': answer.type, 'content-length': body.byteLength }
  res.writeHead(200, { ...headers, ...own, ...(encoding && { 'content-encoding': encoding }) })
  res.end(req.method === 'HEAD' ? undefined : body)
}

/** Returns the bytes in a coding, and compresses them only once for concurrent requests. */
function encodeOnce({ body, encoded }: PublicAnswer, encoding: Encoding): Promise<Uint8Array> {
  const cached = encoded.get(encoding) ?? compressBytes(body, encoding)
  encoded.set(encoding, cached)
  return cached
}
