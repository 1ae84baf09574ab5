import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Request, Response } from 'express'
import { openCors, VARY } from '../cors.ts'
import { apiHeaders } from '../headers.ts'

/** A public answer may be kept by caches, but is to be asked about each time. */
const PUBLIC = { 'cache-control': 'no-cache', vary: VARY }

/** What the same address answers to somebody who is signed in is theirs alone: nothing keeps a copy. */
export const PRIVATE = { 'cache-control': 'no-store', vary: VARY }

/** The headers of a public answer but for its own: the same that the API's middleware would set. */
export function publicHeaders(
  origins: readonly string[],
  production: boolean,
): (req: Pick<IncomingMessage, 'headers'>) => OutgoingHttpHeaders {
  const common = { ...securityHeaders(production), ...PUBLIC }
  const corsFor = openCors(origins)
  const whole = new Map<OutgoingHttpHeaders, OutgoingHttpHeaders>() // one for each origin of the settings, and two for all others
  return ({ headers }) => {
    const cors = corsFor({ headers, method: 'GET', url: '' })
    const known = whole.get(cors) ?? { ...common, ...cors }
    whole.set(cors, known)
    return known
  }
}

function securityHeaders(production: boolean): OutgoingHttpHeaders {
  const req = new IncomingMessage(new Socket()) as Request
  const res = new ServerResponse(req) as Response
  void apiHeaders(production)(req, res, () => undefined)
  return res.getHeaders()
}
