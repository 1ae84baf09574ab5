import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Request, Response } from 'express'
import { createCorsHeaders, VARY } from '../cors.ts'
import { setApiHeaders } from '../headers.ts'

/** Caches may store a public response, but must revalidate it each time. */
const PUBLIC = { 'cache-control': 'no-cache', vary: VARY }

/** The response at the same address for a signed-in caller must not be stored. */
export const PRIVATE = { 'cache-control': 'no-store', vary: VARY }

/**
 * Creates a function for the general headers of a public response: the same ones that the API's
 * middleware sets.
 */
export function createPublicHeaders(
  origins: readonly string[],
  production: boolean,
): (req: Pick<IncomingMessage, 'headers'>) => OutgoingHttpHeaders {
  const common = { ...buildSecurityHeaders(production), ...PUBLIC }
  const corsFor = createCorsHeaders(origins)
  // one entry for each configured origin, and two for all others
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
