import { match } from 'path-to-regexp'
import type { Endpoint, SanitizedCollectionConfig, SanitizedConfig } from 'payload'
import { couldBeId } from '../api/row-ids.ts'
import { buildRefusal } from '../api/errors/refusal.ts'

type Matches = (path: string) => { params: object } | false

/** An endpoint with its pattern, and whether it takes the ID of a row of its collection. */
type Route = {
  method: string
  matches: Matches
  takesId: boolean
}

/** The methods of the paths under /api. Created once by `createApiMethods`. */
export type ApiMethods = {
  /**
   * The methods of a path in upper case, including HEAD and OPTIONS; empty if the path does not
   * exist.
   */
  list: (path: string) => readonly string[]
  /** Whether an endpoint exists for a path and method. */
  accepts: (path: string, method: string) => boolean
}

const API = '/api'

/**
 * Reads the methods of each path from the endpoints of the complete configuration, as Payload's
 * router finds them. A path whose `:id` cannot be the ID of a row of its collection does not exist.
 */
export function createApiMethods({
  collections,
  endpoints,
}: Pick<SanitizedConfig, 'collections' | 'endpoints'>): ApiMethods {
  const own = new Map(
    collections.map((collection) => [
      collection.slug as string,
      { collection, routes: buildRoutes(collection.endpoints || []) },
    ]),
  )
  const others = buildRoutes(endpoints)
  const find = (path: string): MatchedRoute[] => {
    if (!path.startsWith(`${API}/`)) return []
    const [slug = ''] = path.slice(API.length + 1).split('/', 1)
    const found = own.get(slug)
    const below = path.slice(API.length + (found ? slug.length + 1 : 0)) || '/'
    return findRoutes(found?.routes ?? others, below, found?.collection)
  }
  return {
    list: (path) =>
      path.replace(/\/$/, '') === `${API}/graphql` ? ['POST', 'OPTIONS'] : listMethods(find(path)),
    accepts: (path, method) => find(path).some((route) => route.method === method),
  }
}

/**
 * The error for an unknown path (404), or for an unsupported method (405 with Allow); null for all
 * others.
 */
export function findRouteProblem(
  methods: ApiMethods,
  method: string,
  path: string,
): Response | null {
  if (methods.accepts(path, method)) return null
  const allowed = methods.list(path)
  if (allowed.length === 0) return buildRefusal(404, `Nothing was found at ${path.slice(0, 200)}.`)
  const allow = allowed.join(', ')
  return buildRefusal(405, `${path.slice(0, 200)} supports ${allow}, not ${method}.`, { allow })
}

const buildRoutes = (endpoints: readonly Pick<Endpoint, 'method' | 'path'>[]): Route[] =>
  endpoints.map(({ method, path }) => ({
    method: method.toUpperCase(),
    matches: match(path, { decode: decodeURIComponent }),
    takesId: path.startsWith('/:id'),
  }))

type MatchedRoute = { method: string; isOfRow: boolean }

/**
 * The endpoints whose pattern matches a path, except those whose `:id` cannot be an ID. A malformed
 * escape matches none; such a path is refused earlier.
 */
function findRoutes(
  routes: readonly Route[],
  path: string,
  collection: SanitizedCollectionConfig | undefined,
): MatchedRoute[] {
  return routes.flatMap(({ method, matches, takesId }) => {
    const found = matches(path)
    if (!found) return []
    const { id } = found.params as { id?: string }
    return [
      { method, isOfRow: !takesId || !collection || id === undefined || couldBeId(collection, id) },
    ]
  })
}

function listMethods(found: readonly MatchedRoute[]): string[] {
  const methods = new Set(
    found
      .filter(({ isOfRow }) => isOfRow)
      .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  )
  return methods.size === 0 ? [] : [...methods, 'OPTIONS']
}
