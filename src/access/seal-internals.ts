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

type AccessOf = NonNullable<CollectionConfig['access']>

/** What Payload serves of its own accord and nobody here needs: GET /init tells whether there is a user, the others are not in use. */
const NEEDED_BY_NOBODY = ['get /init', 'get /paste-url/:id?']
const OF_VERSIONS = ['get /versions', 'get /versions/:id', 'post /versions/:id']
/** The ways in that only a password opens. The one of refreshing would make a session out of anybody's token. */
const OF_PASSWORDS = [
  'login',
  'refresh-token',
  'first-register',
  'forgot-password',
  'reset-password',
  'unlock',
  'verify/:id',
].map((path) => `post /${path}`)
/** What the panel asks, and nobody else: who may do what, for every collection or for one row. */
const OF_THE_PANEL = ['get /access', 'post /access/:id?']

/**
 * Closes what Payload adds by itself, once its configuration is complete: its own tables answer to nobody but for the panel's
 * preferences, which are each active member of staff's own, and there is no way in by password where there are no passwords.
 */
export function sealInternals(config: SanitizedConfig): SanitizedConfig {
  config.endpoints = config.endpoints.map(forThePanel) as SanitizedConfig['endpoints']
  for (const collection of config.collections) {
    if (collection.slug === 'payload-preferences') keepForStaff(collection)
    else if (collection.slug.startsWith('payload-')) closeWholly(collection)
    else closeUnneeded(collection)
  }
  return config
}

/** The same for GraphQL, where the panel asks nothing: an extension of queries that only takes away. */
export const sealedQueries: GraphQLExtension = (_graphql, { Mutation, Query, collections }) => {
  for (const name of Object.keys(Query.fields))
    if (/^(Access$|docAccess[A-Z]|initialized[A-Z])/.test(name)) delete Query.fields[name]
  for (const { config, graphQL } of Object.values(collections))
    if (withoutPasswords(config)) delete Mutation.fields[`refreshToken${graphQL?.type.name ?? ''}`]
  return {}
}

const nameOf = ({ method, path }: Omit<Endpoint, 'handler'>) => `${method} ${path}`

const withoutPasswords = ({ auth }: SanitizedCollectionConfig) =>
  typeof auth === 'object' && 'disableLocalStrategy' in auth && Boolean(auth.disableLocalStrategy)

function closeUnneeded(collection: SanitizedCollectionConfig): void {
  const closed = [
    ...NEEDED_BY_NOBODY,
    ...('versions' in collection ? [] : OF_VERSIONS),
    ...(withoutPasswords(collection) ? OF_PASSWORDS : []),
  ]
  if (collection.endpoints)
    collection.endpoints = collection.endpoints
      .filter((endpoint) => !closed.includes(nameOf(endpoint)))
      .map((endpoint) => forThePanel(ofReadableRows(endpoint, collection)))
}

/** What somebody may do with a row is told of rows that they may read: Payload tells it of all, and so which keys there are. */
function ofReadableRows(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  if (nameOf(endpoint) !== 'post /access/:id?') return endpoint
  const handler: Endpoint['handler'] = async (req) => {
    const id = req.routeParams?.['id']
    if (id !== undefined && !(await isReadable(req, collection, id))) throw new NotFound(req.t)
    return endpoint.handler(req)
  }
  return { ...endpoint, handler }
}

async function isReadable(req: PayloadRequest, { access, slug }: SanitizedCollectionConfig, id: unknown): Promise<boolean> {
  const rule = await access.read({ req, id: String(id) })
  if (rule === false) return false
  const where: Where = { and: [{ id: { equals: id } }, ...(typeof rule === 'object' ? [rule] : [])] }
  return (await req.payload.db.count({ collection: slug, where, req })).totalDocs > 0
}

function closeWholly(collection: SanitizedCollectionConfig): void {
  collection.endpoints = []
  collection.graphQL = false
  const { nobody } = permissions
  collection.access = { ...collection.access, create: nobody, read: nobody, update: nobody, delete: nobody }
}

/** The panel reads and writes them by key, and resets them all; Payload's other routes to them are not in use. */
function keepForStaff(collection: SanitizedCollectionConfig): void {
  const { access, endpoints } = collection
  const byKey = (endpoints || []).filter(({ method, path }) => path === '/:key' && method !== 'delete')
  collection.endpoints = [...byKey, { method: 'delete', path: '/', handler: resetPreferences } satisfies Endpoint].map(forStaff)
  collection.graphQL = false
  const andStaff =
    (allowed: AccessOf['read']): NonNullable<AccessOf['read']> =>
    (asking) =>
      permissions.isStaff(asking) && (allowed?.(asking) ?? false)
  const { read, update } = access
  collection.access = {
    ...access,
    create: permissions.isStaff,
    read: andStaff(read),
    update: andStaff(update),
    delete: andStaff(access.delete),
  }
}

/** Forgets what the one who asks preferred; access.delete keeps everybody else's. */
async function resetPreferences(req: PayloadRequest): Promise<Response> {
  const where = { key: { exists: true } }
  const { docs } = await req.payload.delete({ collection: 'payload-preferences', where, overrideAccess: false, req })
  return Response.json({ docs, errors: [], message: 'The panel is as it was at first.' })
}

const forThePanel = (endpoint: Endpoint) => (OF_THE_PANEL.includes(nameOf(endpoint)) ? forStaff(endpoint) : endpoint)

const FOR_STAFF = buildErrorBody(403, 'This is for the panel, which active members of staff sign in to.')

const forStaff = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  handler: (req) => (permissions.isStaff({ req }) ? endpoint.handler(req) : Response.json(FOR_STAFF, { status: 403 })),
})
