import type { IncomingMessage } from 'node:http'
import { findInheritedName } from '../reject-malformed.ts'

/**
 * One public read: its collection, its kind, and a key that contains everything that the response
 * depends on.
 */
export type PublicRead = { slug: string; kind: 'list' | 'count' | 'one'; key: string }

/**
 * A read of a collection that the public may read, and whether the caller is anonymous; null if the
 * request is something else or is not understood.
 */
export type ParsedRead = { read: PublicRead; anonymous: boolean } | null

const PATH = /^\/api\/([a-z0-9-]+)(?:\/(count|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/
/**
 * Parameters whose meaning does not depend on their order, and that do not lead to another table.
 */
const PARAMETER = /^(?:limit|page|sort|pagination|depth|(?:where|select)(?:\[\w+\])+(?:\[\])?)$/
const KEY_LENGTH = 1_000

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
  if (!slug || !slugs.has(slug) || rest.length > 0 || query.length > KEY_LENGTH) return null
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

/**
 * Sorts the parameters by name, keeps the order of equal names, and spells equal texts in the same
 * way; null if a parameter is not understood.
 */
function canonicalizeQuery(query: string): string | null {
  const pairs: [string, string][] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = decodePart(at === -1 ? part : part.slice(0, at))
    const value = decodePart(at === -1 ? '' : part.slice(at + 1))
    if (
      name === null ||
      value === null ||
      !PARAMETER.test(name) ||
      name.includes('__') ||
      value.includes(']=')
    )
      return null
    if (findInheritedName(name) !== undefined) return null
    if (name === 'depth' && value !== '0') return null
    pairs.push([encodeURIComponent(name), encodeURIComponent(value)])
  }
  if (pairs.length > 1) pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const key = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  return key.length > KEY_LENGTH ? null : key
}

/**
 * Decodes a part of a query; null if its escapes are malformed or its characters are not allowed in
 * a text.
 */
function decodePart(part: string): string | null {
  if (!/[%+]/.test(part)) return /^[\x21-\x7e]*$/.test(part) ? part : null
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
