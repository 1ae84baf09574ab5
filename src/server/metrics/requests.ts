import type { RequestHandler } from 'express'
import type { Payload } from 'payload'
import type { Metrics } from './metrics.ts'
import { createRouteNamer } from './routes.ts'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Counts every request and its duration when its response has ended. It must come before everything
 * that responds.
 */
export function countRequests(
  { requests, requestSeconds }: Metrics,
  payload: Pick<Payload, 'config'>,
): RequestHandler {
  const getRoute = createRouteNamer(payload)
  return (req, res, next) => {
    const startedAt = performance.now()
    const about = {
      method: METHODS.has(req.method) ? req.method : 'OTHER',
      route: getRoute(req.path),
    }
    res.once('close', () => {
      requests.inc({
        ...about,
        status: res.writableFinished ? String(res.statusCode) : 'unfinished',
      })
      requestSeconds.observe(about, (performance.now() - startedAt) / 1000)
    })
    next()
  }
}
