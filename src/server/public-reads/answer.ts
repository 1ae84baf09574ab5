import { createHash } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** A public answer as it is kept: the JSON text in UTF-8, and its strong entity tag. */
export type Answer = { body: Uint8Array; etag: string }

/** The answer of a body. */
export function answerOf(body: Uint8Array): Answer {
  return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}

/** Sends it: whole, without its body to HEAD, or as 304 to a client that has it. `headers` go with all three. */
export function sendAnswer(
  { body, etag }: Answer,
  headers: OutgoingHttpHeaders,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  if (isKnown(req.headers['if-none-match'], etag)) {
    res.writeHead(304, { ...headers, etag })
    res.end()
    return
  }
  res.writeHead(200, { ...headers, etag, 'content-type': 'application/json', 'content-length': body.byteLength })
  res.end(req.method === 'HEAD' ? undefined : body)
}

/** Whether If-None-Match names the tag: weak comparison, in a list too, and `*` for any (RFC 9110, 13.1.2). */
function isKnown(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false
  return known.split(',').some((said) => said.trim() === '*' || said.trim().replace(/^W\//, '') === etag)
}
