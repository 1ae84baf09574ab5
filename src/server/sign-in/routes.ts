import { type Request, type RequestHandler, type Response, Router } from 'express'
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from '../../audit/origin.ts'
import { returnPath } from '../../domain/return-to.ts'
import { CommitFailed } from '../../database/commit.ts'
import type { SignInProblem } from '../../domain/sign-in-problem.ts'
import type { SignInProvider } from '../../domain/sign-in-provider.ts'
import { enter, tellRefusal } from './enter.ts'
import { takesOnly } from '../refusal.ts'
import { handshakes } from './handshake.ts'
import { limitOf } from './limited.ts'
import { Issuers, NotTrusted, ProviderAway } from './issuers.ts'
import type { Needs } from './needs.ts'
import { goOnPage, problemPage } from './pages.ts'
import { signedIn } from './signed-in.ts'

type Step = (req: Request, res: Response, provider: SignInProvider) => Promise<void>

/** Signing in with a provider, under /auth: there and back, who is signed in, and signing out. No cache keeps what it answers. */
export function signIn(needs: Needs): Router {
  const { settings } = needs
  const handshake = handshakes(needs.payload, settings)
  const { leave, comeBack } = steps(needs, handshake)
  const { me, logout } = signedIn(needs)
  const providerOf = (req: Request) => settings.signInProviders.find(({ id }) => id === req.params['provider'])
  const ready: RequestHandler = (req, res, next) => {
    if (!providerOf(req)) return next('route')
    return needs.watch.up ? next() : problemPage(res, 'database-away')
  }
  const taking =
    (step: Step): RequestHandler =>
    async (req, res, next) => {
      const provider = providerOf(req)
      if (provider) await step(req, res, provider).catch(explain(needs, req, res))
      else next()
    }
  const router = Router()
  router.use((_req, res, next) => {
    res.setHeader('cache-control', 'no-store')
    next()
  })
  const [leaving, returning, here] = [
    limitOf(needs, 'sign-in:leave'),
    limitOf(needs, 'sign-in:return'),
    limitOf(needs, 'signed-in'),
  ]
  router.route('/me').get(here, me).all(takesOnly('GET', 'HEAD'))
  router.route('/logout').post(here, logout).all(takesOnly('POST'))
  router.get('/:provider', ready, leaving, handshake.middleware, taking(leave))
  router.get('/:provider/callback', ready, returning, handshake.middleware, taking(comeBack))
  return router
}

/** The two steps of a browser: away to its provider, and back from it. */
function steps({ payload, settings }: Needs, handshake: ReturnType<typeof handshakes>): { leave: Step; comeBack: Step } {
  const issuers = new Issuers()
  const callbackOf = ({ id }: SignInProvider) => `${settings.publicOrigin}/auth/${id}/callback`
  return {
    leave: async (req, res, provider) => {
      const { url, asked } = await issuers.question(provider, callbackOf(provider))
      await handshake.begin(req, { ...asked, provider: provider.id, returnTo: returnPath(req.query['returnTo']) })
      res.redirect(303, url.href)
    },
    comeBack: async (req, res, provider) => {
      const headers = headersOf(req)
      const refuse = async (problem: SignInProblem, email?: unknown) => {
        await tellRefusal(payload, headers, problem, email)
        problemPage(res, problem)
      }
      const kept = await handshake.take(req, res)
      if (kept?.provider !== provider.id) return refuse('expired')
      if (req.query['error'] === 'access_denied' && req.query['state'] === kept.state) return problemPage(res, 'cancelled')
      const came = new URL(callbackOf(provider) + new URL(req.originalUrl, settings.publicOrigin).search)
      const claims = await issuers.answer(provider, came, kept)
      const entered = await enter(payload, headers, { provider, claims, allowedDomains: settings.OIDC_ALLOWED_DOMAINS })
      if ('problem' in entered) return refuse(entered.problem, claims.email)
      res.appendHeader('set-cookie', entered.cookie)
      goOnPage(res, kept.returnTo)
    },
  }
}

/** The page for a step that failed; anything unexpected is thrown on. The log names the check that failed, never what was sent. */
function explain({ payload, watch }: Needs, req: Request, res: Response): (error: unknown) => Promise<void> {
  return async (error) => {
    if (error instanceof ProviderAway) {
      payload.logger.warn(error.message)
      return problemPage(res, 'away')
    }
    if (error instanceof NotTrusted) {
      payload.logger.warn(`A sign-in was refused: ${error.message}.`)
      await tellRefusal(payload, headersOf(req), 'untrusted', null)
      return problemPage(res, 'untrusted')
    }
    if (error instanceof CommitFailed) {
      payload.logger.warn({ err: error, msg: 'A sign-in was not confirmed by the database.' })
      return problemPage(res, 'not-confirmed')
    }
    if (!watch.up) return problemPage(res, 'database-away')
    throw error
  }
}

/** Where a request came from and with what; nothing else of it is needed. */
function headersOf(req: Request): Headers {
  const names = [ADDRESS_HEADER, REQUEST_ID_HEADER, 'user-agent']
  return new Headers(names.map((name) => [name, String(req.headers[name] ?? '')] as [string, string]))
}
