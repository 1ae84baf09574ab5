import type { RequestHandler } from 'express'
import type { Payload } from 'payload'
import type { Metrics } from './metrics.ts'
import { routesOf } from './routes.ts'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts every request when its answer has ended, and how long that took. Goes before everything that answers. */
export function countRequests({ requests, requestSeconds }: Metrics, payload: Pick<Payload, 'config'>): RequestHandler {
  const routeOf = routesOf(payload)
  return (req, res, next) => {
    const began = performance.now()
    const about = { method: METHODS.has(req.method) ? req.method : 'OTHER', route: routeOf(req.path) }
    res.once('close', () => {
      requests.inc({ ...about, status: res.writableFinished ? String(res.statusCode) : 'unfinished' })
      requestSeconds.observe(about, (performance.now() - began) / 1000)
    })
    next()
  }
}
