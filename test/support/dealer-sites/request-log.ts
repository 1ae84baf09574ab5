import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * One request as a site saw it. Times are milliseconds of one clock that only goes forward; null is
 * not yet.
 */
export type SiteRequest = {
  method: string
  /** Path and query. */
  path: string
  headers: Readonly<Record<string, string>>
  at: number
  endedAt: number | null
  status: number | null
}

export type RequestLog = {
  requests: readonly SiteRequest[]
  maxInFlight: () => number
  resetLog: () => void
  began: (request: IncomingMessage, response: ServerResponse) => () => void
}

/**
 * Every request of a site, and how many were under way at a time. A request is over when its answer
 * is out or its connection gone.
 */
export function createRequestLog(): RequestLog {
  const requests: SiteRequest[] = []
  let inFlight = 0
  let max = 0
  return {
    requests,
    maxInFlight: () => max,
    resetLog: () => {
      requests.length = 0
      max = inFlight
    },
    began: (request, response) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const seen: SiteRequest = {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers,
        at: performance.now(),
        endedAt: null,
        status: null,
      }
      requests.push(seen)
      max = Math.max(max, ++inFlight)
      response.once('close', () => {
        inFlight--
        seen.endedAt = performance.now()
      })
      return () => void (seen.status = response.headersSent ? response.statusCode : null)
    },
  }
}
