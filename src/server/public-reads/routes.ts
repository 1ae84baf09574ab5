import type { Payload } from 'payload'
import { pathToRegexp } from 'path-to-regexp'
import { findSharedAnswer, type SharedAnswer } from '../../api/endpoint.ts'

/** An endpoint with a shared answer: its whole path, and the query parameters that it takes. */
export type PublicRoute = Required<SharedAnswer> & {
  path: string
  pattern: RegExp
  parameters: readonly string[]
}

const HOUR = 3_600

/** Lists the endpoints with shared answers, those of collections first. */
export function listPublicRoutes({ config }: Payload): PublicRoute[] {
  const ofCollections = config.collections.flatMap(({ slug, endpoints }) =>
    (endpoints || []).map((one) => ({ path: `/api/${slug}${one.path}`, endpoint: one })),
  )
  const ofRoot = config.endpoints.map((one) => ({ path: `/api${one.path}`, endpoint: one }))
  return [...ofCollections, ...ofRoot].flatMap(({ path, endpoint }) => {
    const shared = findSharedAnswer(endpoint)
    if (!shared || endpoint.method !== 'get') return []
    const pattern = pathToRegexp(path, [], { sensitive: true, strict: true })
    return [{ path, pattern, seconds: HOUR, ...shared }]
  })
}
