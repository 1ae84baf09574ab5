import type { RequestHandler } from 'express'
import { isCrossSite, isTokenHeader } from './cross-site.ts'
import type { Settings } from '../../env.ts'
import { sendRefusal } from '../../api/errors/refusal.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses, with 403 and before reading the body, unsafe requests that a page of another site makes
 * a browser send: signing a visitor in to another account, signing them out, or acting for them. A
 * request with a token in `Authorization` is allowed: a page cannot add one without permission by
 * CORS.
 */
export function refuseCrossSite({ publicOrigin, CORS_ORIGINS }: Settings): RequestHandler {
  const trusted = [publicOrigin, ...CORS_ORIGINS]
  return (req, res, next) => {
    const { authorization, origin } = req.headers
    const site = req.get('sec-fetch-site')
    if (
      SAFE_METHODS.includes(req.method) ||
      isTokenHeader(authorization) ||
      !isCrossSite({ origin, site }, trusted)
    )
      return next()
    res.set({ 'cache-control': 'no-store', connection: 'close' })
    return sendRefusal(res, 403, formatCrossSiteMessage(origin))
  }
}

const formatCrossSiteMessage = (origin: string | undefined) =>
  'This request came from a page on another ' +
  `site${origin ? ` (${origin.slice(0, 200)})` : ''}. To allow that site, add it to CORS_ORIGINS.`
