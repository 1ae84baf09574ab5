import type { Payload } from 'payload'
import { PHOTO_PATH } from '../../domain/photo-url.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const EXACT_PATHS = new Set(['/', '/healthz', '/readyz', '/api/graphql'])
const PATH_PREFIXES = ['/admin', '/_next'] as const
/**
 * Operations on collections that people sign in to: password hashing is expensive enough for
 * separate series.
 */
const SIGN_IN_ACTIONS = new Set([
  'login',
  'logout',
  'me',
  'refresh-token',
  'forgot-password',
  'reset-password',
  'unlock',
])

/**
 * Creates a function that maps a path to its kind: `/api/inventory`, `/api/inventory/:id`,
 * `/api/users/login`, `/admin`. The number of kinds depends only on the collections and endpoints
 * in the configuration; every other path is `other`, so that requests cannot create new kinds.
 */
export function createRouteNamer({ config }: Pick<Payload, 'config'>): (path: string) => string {
  const collections = new Map<string, { signsIn: boolean }>(
    config.collections.map(({ slug, auth }) => [slug, { signsIn: Boolean(auth) }]),
  )
  const roots = new Set(
    config.endpoints
      .map(({ path }) => path.split('/')[1] ?? '')
      .filter((root) => /^[\w-]+$/.test(root)),
  )
  return (path) => {
    if (EXACT_PATHS.has(path)) return path
    const below = PATH_PREFIXES.find((root) => path === root || path.startsWith(`${root}/`))
    if (below) return below
    if (path.startsWith(PHOTO_PATH)) return `${PHOTO_PATH}:name`
    const [, api, root = '', part, ...rest] = path.replace(/\/$/, '').split('/')
    const collection = collections.get(root)
    if (api !== 'api' || (!collection && !roots.has(root))) return 'other'
    if (part === undefined) return `/api/${root}`
    const known = collection && rest.length === 0
    return `/api/${root}/${known ? formatPathPart(part, collection.signsIn) : '*'}`
  }
}

function formatPathPart(part: string, signsIn: boolean): string {
  if (UUID.test(part)) return ':id'
  return part === 'count' || (signsIn && SIGN_IN_ACTIONS.has(part)) ? part : '*'
}
