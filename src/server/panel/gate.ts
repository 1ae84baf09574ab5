import type { Request, RequestHandler, Response } from 'express'
import type { Payload } from 'payload'
import { isCrossSite } from '../../auth/sessions/cross-site.ts'
import { getIdentity } from '../../access/identity.ts'
import { UNREADABLE_PATH } from '../../api/errors/unreadable-request.ts'
import { type ObservedDatabase, observeOutage } from '../../database/observe-outage.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Settings } from '../../env.ts'
import { holdResponse } from './held-response.ts'
import { CHALLENGE } from '../../api/errors/refusal.ts'
import { sendRefusal, sendUnavailable } from './unavailable-page.ts'

type Dependencies = ObservedDatabase & { payload: Payload; settings: Settings }

const METHODS = ['GET', 'HEAD', 'POST']

/** The maximum size of a server function call in bytes, which is Next's own limit. */
const MAX_CALL_BYTES = 1_048_576

/**
 * Runs before the panel. Responds with 503 while the database is unavailable, or if it became so
 * during a render: Payload treats a user that it could not look up as signed out and would redirect
 * to the sign-in page. A call of a server function is refused before Next reads it, unless it comes
 * from one of our own pages and from active staff.
 */
export function createPanelGate(dependencies: Dependencies): RequestHandler {
  return async (req, res, next) => {
    if (isFile(req)) return next()
    const problem = findRequestProblem(req)
    if (problem) return sendRefusal(res, ...problem)
    const { watch } = dependencies
    if (!watch.up) return sendUnavailable(req, res)
    return observeOutage(dependencies, async (wasUnavailable) => {
      const refusal = isCall(req) ? await findCallRefusal(dependencies, req) : null
      if (refusal)
        return wasUnavailable() ? sendUnavailable(req, res) : sendRefusal(res, ...refusal)
      answerWhileUp(watch, req, res, wasUnavailable)
      next()
    })
  }
}

type Refusal = [status: number, message: string, headers?: Record<string, string>]

/**
 * Whether a request is for a static file, which does not need the database: scripts, styles, fonts
 * and the icon.
 */
const isFile = ({ originalUrl }: Request) =>
  originalUrl.startsWith('/_next/') || originalUrl.startsWith('/admin/icon.svg')

const isCall = ({ method }: Request) => method === 'POST'

/**
 * Explains the problem with a request's method or path, for which Next would respond with 500; null
 * if there is none.
 */
function findRequestProblem({ method, originalUrl }: Request): Refusal | null {
  if (!METHODS.includes(method))
    return [
      405,
      `The panel supports ${METHODS.join(', ')}, not ${method}.`,
      { allow: METHODS.join(', ') },
    ]
  try {
    decodeURIComponent(originalUrl.split('?')[0] ?? '')
    return null
  } catch {
    return [400, UNREADABLE_PATH]
  }
}

/**
 * Explains why a call of a server function is refused; null for a call from our own page by active
 * staff.
 */
async function findCallRefusal(
  { payload, settings }: Dependencies,
  req: Request,
): Promise<Refusal | null> {
  const { origin, 'content-length': length = '0' } = req.headers
  const site = req.get('sec-fetch-site')
  if (isCrossSite({ origin, site }, [settings.publicOrigin]) || (!origin && site !== 'same-origin'))
    return [403, 'The panel can only be used from its own pages.']
  if (Number(length) > MAX_CALL_BYTES)
    return [413, 'The body is too large for one call: the limit is 1 MB.']
  const { user } = await payload.auth({ headers: toHeaders(req) })
  const { kind } = getIdentity({ user })
  if (kind === 'staff') return null
  return user
    ? [403, 'The panel is for active staff.']
    : [
        401,
        'You are not signed in. Reload the page to sign in again.',
        { 'www-authenticate': CHALLENGE },
      ]
}

function toHeaders({ headersDistinct }: Request): Headers {
  return new Headers(
    Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  )
}

/**
 * Sends the response once it is complete, if the database was available throughout; otherwise sends
 * a 503, as soon as the database becomes unavailable.
 */
function answerWhileUp(
  watch: DatabaseWatch,
  req: Request,
  res: Response,
  wasUnavailable: () => boolean,
): void {
  const unavailable = () => sendUnavailable(req, res)
  const held = holdResponse(res, {
    onEnd: () => {
      watch.off('down', onOutage)
      res.setHeader('cache-control', 'no-store')
      return wasUnavailable() ? unavailable : null
    },
  })
  const onOutage = () => held.replace(unavailable)
  watch.once('down', onOutage)
  res.once('close', () => watch.off('down', onOutage))
}
