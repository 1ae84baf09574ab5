import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Payload, SanitizedConfig } from 'payload'
import type { ChangeFeed } from '../cache/changes.ts'
import { CommitFailed } from '../database/commit.ts'
import type { WriteTracker } from '../database/request-writes.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import type { Settings } from '../env.ts'
import type { VerifyToken } from '../auth/owners/owner-tokens.ts'
import type { ProviderOutageTracker } from '../auth/owners/tokens/provider-outage.ts'
import { createCommitFailureResponse } from './database-gate.ts'
import { closeUnreadBodies, limitBody } from './close-unread-bodies.ts'
import { refuseCrossSite } from '../auth/sessions/reject-cross-site.ts'
import { createGraphqlHandler } from './graphql.ts'
import { createCorsMiddleware, createCorsHeaders } from './cors.ts'
import { setApiHeaders, setCacheHeaders, setPanelHeaders, assignRequestId } from './headers.ts'
import { handleHealthz, handleReadyz } from './health.ts'
import type { Admission } from './load/admission.ts'
import type { LogContext } from './log-context.ts'
import { createApiMethods } from './methods.ts'
import type { Metrics } from './metrics/metrics.ts'
import { countRequests } from './metrics/requests.ts'
import { createPanelGate } from './panel/gate.ts'
import { refuseIdempotencyKey } from './idempotency-key.ts'
import { createPublicReads, type PublicReadsOptions } from './public-reads/public-reads.ts'
import { sendRefusal, refuseOtherMethods } from '../api/errors/refusal.ts'
import { createBridge, createRestHandler } from './rest.ts'
import { createSignInRouter } from '../auth/staff/routes.ts'
import { validateRequestLine } from './reject-malformed.ts'
import { sendWebResponse } from './send-response.ts'

/**
 * The dependencies of the application. Without a panel it serves only the API, which is what tests
 * use.
 */
export type AppDependencies = {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  watch: DatabaseWatch
  changes: ChangeFeed
  metrics: Metrics
  logs: LogContext
  writes: WriteTracker
  provider: ProviderOutageTracker
  verifyToken: VerifyToken
  admission: Admission
  panel?: RequestHandler
  dev?: boolean
  publicReads?: PublicReadsOptions
}

/** The Express application, without a port: what a request passes, in this order. */
export function createApp({ publicReads = {}, ...dependencies }: AppDependencies): Express {
  const { payload, settings, metrics, logs, admission } = dependencies
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.set('trust proxy', settings.TRUSTED_PROXIES)
  app.use(
    assignRequestId(logs),
    countRequests(metrics, payload),
    closeUnreadBodies(),
    validateRequestLine(),
  )
  serveHealth(app, dependencies)
  app.use(createPublicReads(dependencies, publicReads), admission.middleware)
  servePanel(app, dependencies)
  app.use(setApiHeaders(settings.production))
  serveApi(app, dependencies)
  app.use(refuseUnknownPath, handleUnexpectedErrors(payload))
  return app
}

const readOnly = refuseOtherMethods('GET', 'HEAD')

/** Health checks, which are answered without the database and before any limit. */
function serveHealth(app: Express, { settings, watch }: AppDependencies): void {
  const headers = setApiHeaders(settings.production)
  app.route('/healthz').get(headers, handleHealthz()).all(headers, readOnly)
  app.route('/readyz').get(headers, handleReadyz(watch)).all(headers, readOnly)
}

function servePanel(app: Express, { panel, dev = false, ...dependencies }: AppDependencies): void {
  if (!panel) return
  const { settings } = dependencies
  app.use(
    ['/admin', '/_next'],
    redirectToPublicOrigin(settings),
    limitBody(),
    setPanelHeaders(settings.production, dev),
    createPanelGate(dependencies),
    panel,
  )
  app
    .route('/')
    .get(setApiHeaders(settings.production), (_req, res) => res.redirect('/admin'))
    .all(setApiHeaders(settings.production), readOnly)
  app
    .route('/favicon.ico')
    .get(setApiHeaders(settings.production), (_req, res) => res.redirect(301, '/admin/icon.svg'))
    .all(setApiHeaders(settings.production), readOnly)
}

/** Signing in, GraphQL and REST. */
function serveApi(app: Express, dependencies: AppDependencies): void {
  const { payload, config, settings, watch, writes, provider, verifyToken } = dependencies
  const { publicOrigin, CORS_ORIGINS } = settings
  const { cookiePrefix } = payload.config
  const methods = createApiMethods(payload.config)
  const bridge = { watch, writes, publicOrigin, provider }
  const options = {
    ...bridge,
    config,
    verifyToken,
    methods,
    cookiePrefix,
    stallMs: settings.BODY_STALL_SECONDS * 1000,
  }
  app.use(
    '/auth',
    refuseCrossSite(settings),
    createSignInRouter({
      ...dependencies,
      bridge: (respond) => createBridge(bridge, respond),
    }),
  )
  app.use(
    '/api',
    setCacheHeaders(cookiePrefix),
    createCorsMiddleware(createCorsHeaders(CORS_ORIGINS), CORS_ORIGINS, methods.list),
  )
  app.post('/api/graphql', refuseIdempotencyKey(), createGraphqlHandler(options))
  app.use('/api', refuseCrossSite(settings), createRestHandler(options))
}

const refuseUnknownPath: RequestHandler = (req, res) =>
  sendRefusal(
    res,
    404,
    `Nothing was found at ${req.path}. The API is under /api, the panel under /admin.`,
  )

/**
 * The panel is only served at the public origin, which its cookies and CSRF checks require; a
 * visitor at another origin is redirected there.
 */
function redirectToPublicOrigin({ publicOrigin }: Settings): RequestHandler {
  const { host } = new URL(publicOrigin)
  return (req, res, next) => {
    if (req.headers.host === host || req.originalUrl.startsWith('/_next')) return next()
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return sendRefusal(res, 421, `The panel is at ${publicOrigin}/admin.`)
    return res.redirect(302, `${publicOrigin}/admin`)
  }
}

function handleUnexpectedErrors(payload: Payload): ErrorRequestHandler {
  return (error: Error & { status?: number }, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error instanceof CommitFailed)
      return void sendWebResponse(createCommitFailureResponse(error), req, res).catch(next)
    const status = error.status && error.status < 500 ? error.status : 500
    if (status === 500) payload.logger.error({ err: error, url: req.path })
    sendRefusal(
      res,
      status,
      status === 500 ? 'Something went wrong.' : 'The request could not be read.',
    )
  }
}
