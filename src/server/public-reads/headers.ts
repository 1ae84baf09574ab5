import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Request, Response } from 'express'
import { createCorsHeaders, VARY } from '../cors.ts'
import { setApiHeaders } from '../headers.ts'

/** A public answer may be kept by caches, but is to be asked about each time. */
const PUBLIC = { 'cache-control': 'no-cache', vary: VARY }

/**
 * What the same address answers to somebody who is signed in is theirs alone: nothing keeps a copy.
 */
export const PRIVATE = { 'cache-control': 'no-store', vary: VARY }

/** The headers of a public answer but for its own: the same that the API's middleware would set. */
export function createPublicHeaders(
  origins: readonly string[],
  production: boolean,
): (req: Pick<IncomingMessage, 'headers'>) => OutgoingHttpHeaders {
  const common = { ...buildSecurityHeaders(production), ...PUBLIC }
  const corsFor = createCorsHeaders(origins)
  // one for each origin of the settings, and two for all others
  const cache = new Map<OutgoingHttpHeaders, OutgoingHttpHeaders>()
  return ({ headers }) => {
    const cors = corsFor({ headers, method: 'GET', url: '' })
    const cached = cache.get(cors) ?? { ...common, ...cors }
    cache.set(cors, cached)
    return cached
  }
}

function buildSecurityHeaders(production: boolean): OutgoingHttpHeaders {
  const req = new IncomingMessage(new Socket()) as Request
  const res = new ServerResponse(req) as Response
  void setApiHeaders(production)(req, res, () => undefined)
  return res.getHeaders()
}
