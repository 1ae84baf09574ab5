import type { IncomingMessage } from 'node:http'
import { canonicalizeQuery } from '../../api/canonical-query.ts'

/**
 * One public read: its collection, its kind, and a key that contains everything that the response
 * depends on.
 */
export type PublicRead = {
  slug: string
  kind: 'list' | 'count' | 'one'
  key: string
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
): ParsedRead {
  if (req.method !== 'GET' && req.method !== 'HEAD') return null
  const [path = '', query = '', ...rest] = (req.url ?? '').split('?')
  const [, slug, part] = PATH.exec(path) ?? []
  if (!slug || !slugs.has(slug) || rest.length > 0) return null
  const parameters = canonicalizeQuery(query)
  if (parameters === null) return null
  const kind = part === undefined ? 'list' : part === 'count' ? 'count' : 'one'
  return {
    read: { slug, kind, key: `${slug}/${part ?? ''}?${parameters}` },
    anonymous: isAnonymous(req, sessionCookie),
  }
}

/** Whether a request has neither a token nor a session. The API ignores other cookies. */
function isAnonymous({ headers }: IncomingMessage, sessionCookie: string): boolean {
  return headers.authorization === undefined && !(headers.cookie?.includes(sessionCookie) ?? false)
}
