import {
  type CollectionConfig,
  type Endpoint,
  type GraphQLExtension,
  NotFound,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type SanitizedConfig,
  type Where,
} from 'payload'
import { buildErrorBody } from '../domain/api-error.ts'
import { permissions } from './permissions.ts'

type CollectionAccess = NonNullable<CollectionConfig['access']>

/**
 * Endpoints that Payload adds and that are not used here: GET /init reveals whether any user
 * exists.
 */
const UNUSED_ENDPOINTS = ['get /init', 'get /paste-url/:id?']
const VERSION_ENDPOINTS = ['get /versions', 'get /versions/:id', 'post /versions/:id']
/**
 * The sign-in endpoints for passwords. The refresh endpoint would turn anyone's token into a
 * session.
 */
const PASSWORD_ENDPOINTS = [
  'login',
  'refresh-token',
  'first-register',
  'forgot-password',
  'reset-password',
  'unlock',
  'verify/:id',
].map((path) => `post /${path}`)
/** The endpoints for the panel only: the caller's access to every collection, or to one row. */
const PANEL_ENDPOINTS = ['get /access', 'post /access/:id?']

/**
 * Restricts what Payload adds to its complete configuration: its own tables are not accessible,
 * except the panel's preferences, which belong to each active staff member; and password sign-in is
 * removed if passwords are turned off.
 */
export function restrictInternalCollections(config: SanitizedConfig): SanitizedConfig {
  config.endpoints = config.endpoints.map(restrictPanelEndpoint) as SanitizedConfig['endpoints']
  for (const collection of config.collections) {
    if (collection.slug === 'payload-preferences') restrictToStaff(collection)
    else if (collection.slug.startsWith('payload-')) disableCollection(collection)
    else disableEndpoints(collection)
  }
  return config
}

/** The same for GraphQL, which the panel does not use: an extension that only removes queries. */
export const removeInternalQueries: GraphQLExtension = (
  _graphql,
  { Mutation, Query, collections },
) => {
  for (const name of Object.keys(Query.fields))
    if (/^(Access$|docAccess[A-Z]|initialized[A-Z])/.test(name)) delete Query.fields[name]
  for (const { config, graphQL } of Object.values(collections))
    if (hasNoPasswords(config)) delete Mutation.fields[`refreshToken${graphQL?.type.name ?? ''}`]
  return {}
}

const formatEndpoint = ({ method, path }: Omit<Endpoint, 'handler'>) => `${method} ${path}`

const hasNoPasswords = ({ auth }: SanitizedCollectionConfig) =>
  typeof auth === 'object' && 'disableLocalStrategy' in auth && Boolean(auth.disableLocalStrategy)

function disableEndpoints(collection: SanitizedCollectionConfig): void {
  const disabled = [
    ...UNUSED_ENDPOINTS,
    ...('versions' in collection ? [] : VERSION_ENDPOINTS),
    ...(hasNoPasswords(collection) ? PASSWORD_ENDPOINTS : []),
  ]
  if (collection.endpoints)
    collection.endpoints = collection.endpoints
      .filter((endpoint) => !disabled.includes(formatEndpoint(endpoint)))
      .map((endpoint) => restrictPanelEndpoint(requireReadableRow(endpoint, collection)))
}

/**
 * Reports access to a row only to callers who may read it: Payload reports it for every row, which
 * reveals the existing keys.
 */
function requireReadableRow(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  if (formatEndpoint(endpoint) !== 'post /access/:id?') return endpoint
  const handler: Endpoint['handler'] = async (req) => {
    const id = req.routeParams?.['id']
    if (id !== undefined && !(await isReadable(req, collection, id))) throw new NotFound(req.t)
    return endpoint.handler(req)
  }
  return { ...endpoint, handler }
}

async function isReadable(
  req: PayloadRequest,
  { access, slug }: SanitizedCollectionConfig,
  id: unknown,
): Promise<boolean> {
  const rule = await access.read({ req, id: String(id) })
  if (rule === false) return false
  const where: Where = {
    and: [{ id: { equals: id } }, ...(typeof rule === 'object' ? [rule] : [])],
  }
  return (await req.payload.db.count({ collection: slug, where, req })).totalDocs > 0
}

function disableCollection(collection: SanitizedCollectionConfig): void {
  collection.endpoints = []
  collection.graphQL = false
  const { nobody } = permissions
  collection.access = {
    ...collection.access,
    create: nobody,
    read: nobody,
    update: nobody,
    delete: nobody,
  }
}

/**
 * The panel reads and writes preferences by key, and resets all of them; Payload's other routes to
 * them are not used.
 */
function restrictToStaff(collection: SanitizedCollectionConfig): void {
  const { access, endpoints } = collection
  const byKey = (endpoints || []).filter(
    ({ method, path }) => path === '/:key' && method !== 'delete',
  )
  collection.endpoints = [
    ...byKey,
    { method: 'delete', path: '/', handler: resetPreferences } satisfies Endpoint,
  ].map(restrictEndpoint)
  collection.graphQL = false
  const requireStaffAnd =
    (allowed: CollectionAccess['read']): NonNullable<CollectionAccess['read']> =>
    (args) =>
      permissions.isStaff(args) && (allowed?.(args) ?? false)
  const { read, update } = access
  collection.access = {
    ...access,
    create: permissions.isStaff,
    read: requireStaffAnd(read),
    update: requireStaffAnd(update),
    delete: requireStaffAnd(access.delete),
  }
}

/** Deletes the preferences of the caller; access.delete protects those of others. */
async function resetPreferences(req: PayloadRequest): Promise<Response> {
  const where = { key: { exists: true } }
  const { docs } = await req.payload.delete({
    collection: 'payload-preferences',
    where,
    overrideAccess: false,
    req,
  })
  return Response.json({ docs, errors: [], message: 'Preferences reset.' })
}

const restrictPanelEndpoint = (endpoint: Endpoint) =>
  PANEL_ENDPOINTS.includes(formatEndpoint(endpoint)) ? restrictEndpoint(endpoint) : endpoint

const STAFF_ONLY_ERROR = buildErrorBody(
  403,
  'Only active staff members who are signed in to the panel may do this.',
)

const restrictEndpoint = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  handler: (req) =>
    permissions.isStaff({ req })
      ? endpoint.handler(req)
      : Response.json(STAFF_ONLY_ERROR, { status: 403 }),
})
