import type { RequestHandler } from 'express'
import { createPayloadRequest, logoutOperation, type PayloadRequest } from 'payload'
import { generateExpiredPayloadCookie } from 'payload/shared'
import { hasBadToken } from '../owners/bad-token.ts'
import { getIdentity } from '../../access/identity.ts'
import type { Settings } from '../../env.ts'
import { buildRefusal, buildBadTokenRefusal } from '../../api/errors/refusal.ts'
import type { SignInDependencies } from './dependencies.ts'

/**
 * Creates the handlers for the current session and for signing out, whatever the sign-in method
 * was.
 */
export function createSessionHandlers({
  config,
  settings,
  verifyToken,
  bridge,
}: SignInDependencies): {
  me: RequestHandler
  logout: RequestHandler
} {
  const handleWith = (handle: (req: PayloadRequest) => Promise<Response>) =>
    bridge(async (request) => {
      const req = await createPayloadRequest({ config, request })
      return (await hasBadToken(req, verifyToken)) ? buildBadTokenRefusal() : handle(req)
    })
  return { me: handleWith(getSignedInUser), logout: handleWith((req) => signOut(settings, req)) }
}

async function getSignedInUser(req: PayloadRequest): Promise<Response> {
  const { user } = req
  if (user?.collection !== 'users' || getIdentity(req).kind !== 'staff')
    return Response.json({ user: null })
  const { id, email, name, role, oauthProvider, avatarUrl } = user
  return Response.json({
    user: { id, email, name, role, provider: oauthProvider, avatarUrl: avatarUrl ?? null },
  })
}

/** Ends the session of the request; without a session, only removes the cookie. */
async function signOut(settings: Settings, req: PayloadRequest): Promise<Response> {
  if (!isOwnPage(req.headers, settings))
    return buildRefusal(
      403,
      'Only Forecourt pages can sign you out: this request came from another site.',
    )
  const { payload, user } = req
  const collection = payload.collections.users
  if (user?.collection === 'users') await logoutOperation({ collection, req })
  const cookie = generateExpiredPayloadCookie({
    collectionAuthConfig: collection.config.auth,
    cookiePrefix: payload.config.cookiePrefix,
  })
  return Response.json({ message: 'You are signed out.' }, { headers: { 'set-cookie': cookie } })
}

/**
 * Whether a request comes from our own page, or from an origin that may send signed-in requests.
 * Relies only on headers that a page of another site cannot make a browser send.
 */
function isOwnPage(headers: Headers, { publicOrigin, CORS_ORIGINS }: Settings): boolean {
  const origin = headers.get('origin')
  if (origin) return origin === publicOrigin || CORS_ORIGINS.includes(origin)
  if (headers.get('authorization') && !headers.get('cookie')) return true
  return ['same-origin', 'none'].includes(headers.get('sec-fetch-site') ?? '')
}
