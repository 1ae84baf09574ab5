import type { RequestHandler } from 'express'
import { createPayloadRequest, logoutOperation, type PayloadRequest } from 'payload'
import { generateExpiredPayloadCookie } from 'payload/shared'
import { hasBadToken } from '../../access/bad-token.ts'
import { identityOf } from '../../access/identity.ts'
import type { Settings } from '../../env.ts'
import { refusal, refuseBadToken } from '../refusal.ts'
import { bridge } from '../rest.ts'
import type { Needs } from './needs.ts'

/** Who is signed in, and signing out: whichever way they came in, by password or provider. */
export function signedIn({ config, settings, watch, writes, provider, verifyToken }: Needs): {
  me: RequestHandler
  logout: RequestHandler
} {
  const { publicOrigin } = settings
  const through = (handle: (req: PayloadRequest) => Promise<Response>) =>
    bridge({ watch, writes, publicOrigin, provider }, async (request) => {
      const req = await createPayloadRequest({ config, request })
      return (await hasBadToken(req, verifyToken)) ? refuseBadToken() : handle(req)
    })
  return { me: through(tellWho), logout: through((req) => signOut(settings, req)) }
}

async function tellWho(req: PayloadRequest): Promise<Response> {
  const { user } = req
  if (user?.collection !== 'users' || identityOf(req).kind !== 'staff') return Response.json({ user: null })
  const { id, email, name, role, oauthProvider, avatarUrl } = user
  return Response.json({ user: { id, email, name, role, provider: oauthProvider, avatarUrl: avatarUrl ?? null } })
}

/** Ends the session that the request came with; to whoever has none it only takes away the cookie. */
async function signOut(settings: Settings, req: PayloadRequest): Promise<Response> {
  if (!isOwnPage(req.headers, settings))
    return refusal(403, 'Signing out is asked for by a page of Forecourt itself: this request came from another site.')
  const { payload, user } = req
  const collection = payload.collections.users
  if (user?.collection === 'users') await logoutOperation({ collection, req })
  const cookie = generateExpiredPayloadCookie({
    collectionAuthConfig: collection.config.auth,
    cookiePrefix: payload.config.cookiePrefix,
  })
  return Response.json({ message: 'You are signed out.' }, { headers: { 'set-cookie': cookie } })
}

/** Whether a page of ours, or of an origin that may send signed-in requests, asks; by what no page of another site can make a browser say. */
function isOwnPage(headers: Headers, { publicOrigin, CORS_ORIGINS }: Settings): boolean {
  const origin = headers.get('origin')
  if (origin) return origin === publicOrigin || CORS_ORIGINS.includes(origin)
  if (headers.get('authorization') && !headers.get('cookie')) return true
  return ['same-origin', 'none'].includes(headers.get('sec-fetch-site') ?? '')
}
