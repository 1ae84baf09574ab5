import { type Request, type RequestHandler, type Response, Router } from 'express'
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from '../../audit/origin.ts'
import { resolveReturnPath } from '../../domain/return-to.ts'
import { CommitFailed } from '../../database/commit.ts'
import { observeOutage } from '../../database/observe-outage.ts'
import type { SignInProblem } from '../../domain/sign-in-problem.ts'
import type { SignInProvider } from '../../domain/sign-in-provider.ts'
import { completeSignIn, recordRefusal } from './complete-sign-in.ts'
import { refuseOtherMethods } from '../../api/errors/refusal.ts'
import { createHandshakeStore } from './handshake.ts'
import { limitByAddress } from './limit-by-address.ts'
import { Issuers, UntrustedResponse, ProviderUnavailable } from './issuers.ts'
import type { SignInDependencies } from './dependencies.ts'
import { sendContinuePage, sendProblemPage } from './pages.ts'
import { createSessionHandlers } from './signed-in.ts'

/** Tells whether the database was unavailable since the step began. */
type Outage = { wasUnavailable: () => boolean }
type Step = (req: Request, res: Response, provider: SignInProvider) => Promise<void>

/**
 * Creates the routes under /auth for signing in with a provider: start and callback, the current
 * session, and signing out. Responses are never cached.
 */
export function createSignInRouter(dependencies: SignInDependencies): Router {
  const { settings } = dependencies
  const handshake = createHandshakeStore(dependencies.payload, settings)
  const { startSignIn, handleCallback } = createSteps(dependencies, handshake)
  const { me, logout } = createSessionHandlers(dependencies)
  const findProvider = (req: Request) =>
    settings.signInProviders.find(({ id }) => id === req.params['provider'])
  const ready: RequestHandler = (req, res, next) => {
    if (!findProvider(req)) return next('route')
    return dependencies.watch.up ? next() : sendProblemPage(res, 'database-away')
  }
  const withProvider =
    (step: Step): RequestHandler =>
    async (req, res, next) => {
      const provider = findProvider(req)
      if (!provider) return next()
      return observeOutage(dependencies, (wasUnavailable) =>
        step(req, res, provider).catch(
          handleStepError({ payload: dependencies.payload, wasUnavailable }, req, res),
        ),
      )
    }
  const router = Router()
  router.use((_req, res, next) => {
    res.setHeader('cache-control', 'no-store')
    next()
  })
  const [limitStarts, limitCallbacks, limitSessionRequests] = [
    limitByAddress(dependencies, 'sign-in:leave'),
    limitByAddress(dependencies, 'sign-in:return'),
    limitByAddress(dependencies, 'signed-in'),
  ]
  router.route('/me').get(limitSessionRequests, me).all(refuseOtherMethods('GET', 'HEAD'))
  router.route('/logout').post(limitSessionRequests, logout).all(refuseOtherMethods('POST'))
  router.get('/:provider', ready, limitStarts, withProvider(startSignIn))
  router.get('/:provider/callback', ready, limitCallbacks, withProvider(handleCallback))
  return router
}

/** Creates the two steps of a browser: the redirect to its provider, and the callback. */
function createSteps(
  { payload, settings }: SignInDependencies,
  handshake: ReturnType<typeof createHandshakeStore>,
): { startSignIn: Step; handleCallback: Step } {
  const issuers = new Issuers()
  const buildCallbackUrl = ({ id }: SignInProvider) =>
    `${settings.publicOrigin}/auth/${id}/callback`
  return {
    startSignIn: async (req, res, provider) => {
      const { url, authorization } = await issuers.buildAuthorizationUrl(
        provider,
        buildCallbackUrl(provider),
      )
      await handshake.begin(req, res, {
        ...authorization,
        provider: provider.id,
        returnTo: resolveReturnPath(req.query['returnTo']),
      })
      res.redirect(303, url.href)
    },
    handleCallback: async (req, res, provider) => {
      const headers = buildOriginHeaders(req)
      const refuse = async (problem: SignInProblem, email?: unknown) => {
        await recordRefusal(payload, headers, problem, email)
        sendProblemPage(res, problem)
      }
      const pending = await handshake.consume(req, res)
      if (pending?.provider !== provider.id) return refuse('expired')
      if (req.query['error'] === 'access_denied' && req.query['state'] === pending.state)
        return sendProblemPage(res, 'cancelled')
      const callbackUrl = new URL(
        buildCallbackUrl(provider) + new URL(req.originalUrl, settings.publicOrigin).search,
      )
      const claims = await issuers.exchangeCode(provider, callbackUrl, pending)
      const result = await completeSignIn(payload, headers, {
        provider,
        claims,
        allowedDomains: settings.OIDC_ALLOWED_DOMAINS,
      })
      if ('problem' in result) return refuse(result.problem, claims.email)
      res.appendHeader('set-cookie', result.cookie)
      sendContinuePage(res, pending.returnTo)
    },
  }
}

/**
 * Responds to a failed step with a page; rethrows unexpected errors. The log names the check that
 * failed, but contains nothing from the request.
 */
function handleStepError(
  { payload, wasUnavailable }: Pick<SignInDependencies, 'payload'> & Outage,
  req: Request,
  res: Response,
): (error: unknown) => Promise<void> {
  return async (error) => {
    if (error instanceof ProviderUnavailable) {
      payload.logger.warn(error.message)
      return sendProblemPage(res, 'away')
    }
    if (error instanceof UntrustedResponse) {
      payload.logger.warn(`A sign-in was refused: ${error.message}.`)
      await recordRefusal(payload, buildOriginHeaders(req), 'untrusted', null)
      return sendProblemPage(res, 'untrusted')
    }
    if (error instanceof CommitFailed) {
      payload.logger.warn({ err: error, msg: 'The database did not confirm a sign-in.' })
      return sendProblemPage(res, 'not-confirmed')
    }
    if (wasUnavailable()) return sendProblemPage(res, 'database-away')
    throw error
  }
}

/** The headers that describe the origin of a request, without any others. */
function buildOriginHeaders(req: Request): Headers {
  const names = [ADDRESS_HEADER, REQUEST_ID_HEADER, 'user-agent']
  return new Headers(
    names.map((name) => [name, String(req.headers[name] ?? '')] as [string, string]),
  )
}
