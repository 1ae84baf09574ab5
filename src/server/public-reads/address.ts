import type { IncomingMessage } from 'node:http'
import { canonicalizeQuery } from '../../api/canonical-query.ts'
import type { PublicRoute } from './routes.ts'

/**
 * One public read: its collection, its kind, and a key that contains everything that the response
 * depends on. A read of one of our endpoints has its route.
 */
export type PublicRead = {
  slug: string
  kind: 'list' | 'count' | 'one' | 'endpoint'
  key: string
  route?: PublicRoute
}

/**
 * A read of a collection that the public may read, and whether the caller is anonymous; null if the
 * request is something else or is not understood.
 */
export type ParsedRead = { read: PublicRead; anonymous: boolean } | null

const PATH = /^\/api\/([a-z0-9-]+)(?:\/(count|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/

/**
 * Parses a read of a public collection. Only accepts requests with an unambiguous meaning: a
 * parameter that Payload does not know, a path through a relationship, a depth, or an ambiguous
 * text is left to the plain handler, and the response is not cached.
 */
export function parsePublicRead(
  req: IncomingMessage,
  slugs: ReadonlySet<string>,
  sessionCookie: string,
  routes: readonly PublicRoute[] = [],
): ParsedRead {
  if (req.method !== 'GET' && req.method !== 'HEAD') return null
  const [path = '', query = '', ...rest] = (req.url ?? '').split('?')
  if (rest.length > 0) return null
  const read = parseCollectionRead(path, query, slugs) ?? parseEndpointRead(path, query, routes)
  return read && { read, anonymous: isAnonymous(req, sessionCookie) }
}

function parseCollectionRead(
  path: string,
  query: string,
  slugs: ReadonlySet<string>,
): PublicRead | null {
  const [, slug, part] = PATH.exec(path) ?? []
  if (!slug || !slugs.has(slug)) return null
  const parameters = canonicalizeQuery(query)
  if (parameters === null) return null
  const kind = part === undefined ? 'list' : part === 'count' ? 'count' : 'one'
  return { slug, kind, key: `${slug}/${part ?? ''}?${parameters}` }
}

function parseEndpointRead(
  path: string,
  query: string,
  routes: readonly PublicRoute[],
): PublicRead | null {
  const route = routes.find(({ pattern }) => pattern.test(path))
  if (!route) return null
  const parameters = canonicalizeQuery(query, (name) => route.parameters.includes(name))
  if (parameters === null) return null
  return { slug: route.path, kind: 'endpoint', key: `${path}?${parameters}`, route }
}

/** Whether a request has neither a token nor a session. The API ignores other cookies. */
function isAnonymous({ headers }: IncomingMessage, sessionCookie: string): boolean {
  return headers.authorization === undefined && !(headers.cookie?.includes(sessionCookie) ?? false)
}
