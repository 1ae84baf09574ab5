import { randomBytes, randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from '../audit/origin.ts'
import { PHOTO_PATH } from '../domain/photo-url.ts'
import { VARY } from './cors.ts'
import { LogContext } from './log-context.ts'

const REQUEST_ID_PATTERN = /^[\w-]{8,64}$/

/**
 * Assigns an ID to every request, for its response, its log lines and the audit log: the ID from a
 * proxy if it is valid, or else a new one. The ID and the client address are passed on in internal
 * headers, which replace those of the client.
 */
export function assignRequestId(logs = new LogContext()): RequestHandler {
  return (req, res, next) => {
    const provided = req.get('x-request-id')
    const id = provided && REQUEST_ID_PATTERN.test(provided) ? provided : randomUUID()
    res.setHeader('x-request-id', id)
    req.headers[REQUEST_ID_HEADER] = id
    req.headers[ADDRESS_HEADER] = req.ip ?? ''
    logs.runWith({ requestId: id }, next)
  }
}

/**
 * Sets the security headers of all responses outside the panel: nothing in them may run, be framed
 * or be embedded.
 */
export function setApiHeaders(production: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: production && { maxAge: 31_536_000 },
  })
}

/**
 * Sets the security headers of the panel. Next adds the nonce from the request's policy to its own
 * scripts.
 */
export function setPanelHeaders(production: boolean, dev: boolean): RequestHandler {
  const guard = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: production && { maxAge: 31_536_000 },
  })
  return (req, res, next) => {
    const nonce = randomBytes(16).toString('base64')
    const policy = buildPanelPolicy(nonce, dev)
    req.headers['content-security-policy'] = policy
    res.setHeader('content-security-policy', policy)
    guard(req, res, next)
  }
}

function buildPanelPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    'img-src * data: blob:',
    "font-src 'self' data:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Sets the cache headers of an API response. Responses to signed-in callers, writes and sign-ins
 * are never cached: they may contain personal data or a token. Photos may be cached and embedded
 * anywhere; see src/uploads/serve-file.ts.
 */
export function setCacheHeaders(cookiePrefix: string): RequestHandler {
  return (req, res, next) => {
    const { authorization, cookie } = req.headers
    const reads = req.method === 'GET' || req.method === 'HEAD'
    const isPhoto = reads && req.originalUrl.startsWith(PHOTO_PATH)
    const shared = authorization || cookie ? 'private, no-cache' : 'no-cache'
    res.setHeader(
      'cache-control',
      !isPhoto && (isPersonal({ authorization, cookie }, cookiePrefix) || !reads)
        ? 'no-store'
        : shared,
    )
    res.setHeader('vary', VARY)
    if (isPhoto) res.setHeader('cross-origin-resource-policy', 'cross-origin')
    next()
  }
}

/** Whether a request carries a token or the cookie of a session; both may be invalid. */
export const isPersonal = (
  { authorization, cookie }: { authorization?: string | undefined; cookie?: string | undefined },
  cookiePrefix: string,
): boolean => Boolean(authorization) || cookie?.includes(`${cookiePrefix}-token=`) === true
