import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { CallerKind } from './lane.ts'

/**
 * How callers are recognized: the secrets that may have signed staff sessions, the name of their
 * cookie, and the check for owners' tokens.
 */
export type CallerReaderOptions = {
  secrets: readonly string[]
  sessionCookie: string
  isKnownOwner: (token: string) => boolean
}

const BEARER = /^(?:Bearer|JWT) (\S{1,4096})$/i

/**
 * Returns a function that classifies a request by its headers, without the database: staff by the
 * signature of the session token, owners by a token that was verified before, everyone else as
 * anonymous. A session may have ended since: the result only decides about the queue, not about
 * permissions.
 */
export function createCallerReader({
  secrets,
  sessionCookie,
  isKnownOwner,
}: CallerReaderOptions): (headers: IncomingHttpHeaders) => CallerKind {
  const cookie = new RegExp(`(?:^|;\\s*)${sessionCookie}=([\\w.-]{1,4096})`)
  return ({ authorization, cookie: cookies }) => {
    const token = BEARER.exec(authorization ?? '')?.[1]
    if (token && isKnownOwner(token)) return 'owner'
    const session = token ?? cookie.exec(cookies ?? '')?.[1]
    return session && secrets.some((secret) => isSignedBy(secret, session)) ? 'staff' : 'anonymous'
  }
}

/**
 * Whether a JWS was signed with this secret (HS256, as Payload signs sessions) and has not expired.
 */
function isSignedBy(secret: string, token: string): boolean {
  const [head, body, signature, ...rest] = token.split('.')
  if (!head || !body || !signature || rest.length > 0) return false
  const given = Buffer.from(signature, 'base64url')
  const made = createHmac('sha256', secret).update(`${head}.${body}`).digest()
  return given.length === made.length && timingSafeEqual(given, made) && !isExpired(body)
}

function isExpired(body: string): boolean {
  const { exp } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { exp?: unknown }
  return typeof exp !== 'number' || exp * 1000 <= Date.now()
}
