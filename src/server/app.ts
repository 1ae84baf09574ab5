import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Payload, SanitizedConfig } from 'payload'
import type { DatabaseWatch } from '../database/watch.ts'
import type { Settings } from '../env.ts'
import type { ProviderWatch } from '../owners/tokens/away.ts'
import { graphql } from './graphql.ts'
import { apiHeaders, openReads, panelHeaders, requestId } from './headers.ts'
import { healthz, readyz } from './health.ts'
import type { LogContext } from './log-context.ts'
import type { Metrics } from './metrics/metrics.ts'
import { countRequests } from './metrics/requests.ts'
import { publicReads, type PublicReadsOptions } from './public-reads/public-reads.ts'
import { rest } from './rest.ts'
import { signIn } from './sign-in/routes.ts'

/** What the application is made of. Without a panel it is the API alone, which is what tests ask. */
export type Parts = {
  payload: Payload
  config: Promise<SanitizedConfig>
  settings: Settings
  watch: DatabaseWatch
  metrics: Metrics
  logs: LogContext
  provider: ProviderWatch
  panel?: RequestHandler
  dev?: boolean
  publicReads?: PublicReadsOptions
}

/** The Express application, without a port: health, GraphQL, REST and the panel, in this order. */
export function createApp({ panel, dev = false, publicReads: reads = {}, ...parts }: Parts): Express {
  const { payload, config, settings, watch, metrics, logs, provider } = parts
  const { production, publicOrigin } = settings
  const options = { config, watch, publicOrigin, provider }
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', settings.TRUSTED_PROXIES)
  app.use(requestId(logs), countRequests(metrics, payload))
  app.use(publicReads(parts, reads))
  if (panel) app.use(['/admin', '/_next'], ownHost(settings), panelHeaders(production, dev), panel)
  app.use(apiHeaders(production))
  app.get('/healthz', healthz())
  app.get('/readyz', readyz(watch))
  app.use('/auth', signIn(parts))
  app.use('/api', openReads())
  app.post('/api/graphql', graphql(options))
  app.use('/api', rest(options))
  if (panel) app.get('/', (_req, res) => res.redirect('/admin'))
  if (panel) app.get('/favicon.ico', (_req, res) => res.redirect(301, '/admin/icon.svg'))
  app.use((req, res) =>
    res
      .status(404)
      .json({ errors: [{ message: `There is nothing at ${req.path}. The API is under /api, the panel under /admin.` }] }),
  )
  app.use(unexpected(payload))
  return app
}

/** The panel lives at the public origin alone, whose cookies and CSRF checks it needs; a visitor by another name is sent there. */
function ownHost({ publicOrigin }: Settings): RequestHandler {
  const { host } = new URL(publicOrigin)
  return (req, res, next) => {
    if (req.headers.host === host || req.originalUrl.startsWith('/_next')) return next()
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return res.status(421).json({ errors: [{ message: `The panel is at ${publicOrigin}/admin.` }] })
    return res.redirect(302, `${publicOrigin}/admin`)
  }
}

function unexpected(payload: Payload): ErrorRequestHandler {
  return (error: Error & { status?: number }, req, res, next) => {
    if (res.headersSent) return next(error)
    const status = error.status && error.status < 500 ? error.status : 500
    if (status === 500) payload.logger.error({ err: error, url: req.path })
    res.status(status).json({ errors: [{ message: status === 500 ? 'Something went wrong.' : 'The request can not be read.' }] })
  }
}
