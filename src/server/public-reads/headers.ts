import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Request, Response } from 'express'
import { headersWithCors, type Payload } from 'payload'
import { apiHeaders } from '../headers.ts'

/** Whose answers may differ: caches between us and the reader keep them apart. */
const VARY = 'Origin, Cookie, Authorization'

/** A public answer may be kept by caches, but is to be asked about each time. */
const PUBLIC = { 'cache-control': 'no-cache', vary: VARY }

/** What the same address answers to somebody who is signed in is theirs alone: nothing keeps a copy. */
export const PRIVATE = { 'cache-control': 'no-store', vary: VARY }

/**
 * The headers of a public answer but for its own: the same that the API's middleware and Payload would set, worked out once for every
 * origin of CORS_ORIGINS. Another origin, or none, gets what everybody gets: `*` where no cookie came along.
 */
export function publicHeaders(
  payload: Payload,
  origins: readonly string[],
  production: boolean,
): (req: IncomingMessage) => OutgoingHttpHeaders {
  const common = { ...securityHeaders(production), ...PUBLIC }
  const everybody = { ...common, 'access-control-allow-origin': '*', ...corsOf(payload, null) }
  const withCookie = { ...common, ...corsOf(payload, null) }
  const listed = new Map(origins.map((origin) => [origin, { ...common, ...corsOf(payload, origin) }]))
  return ({ headers }) => listed.get(headers.origin ?? '') ?? (headers.cookie ? withCookie : everybody)
}

function securityHeaders(production: boolean): OutgoingHttpHeaders {
  const req = new IncomingMessage(new Socket()) as Request
  const res = new ServerResponse(req) as Response
  void apiHeaders(production)(req, res, () => undefined)
  return res.getHeaders()
}

function corsOf(payload: Payload, origin: string | null): Record<string, string> {
  const req = { payload, headers: new Headers(origin === null ? {} : { origin }) }
  return Object.fromEntries(headersWithCors({ headers: new Headers(), req }))
}
