import { createHmac } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type Endpoint,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type SanitizedConfig,
} from 'payload'
import { getCollectionTable } from '../database/tables.ts'
import { getPostgresAdapter, getTransaction } from '../database/transaction.ts'
import { getSigningSecrets } from '../auth/sessions/signing-secrets.ts'
import { parseTagVersion, splitTags } from '../domain/entity-tag.ts'
import { couldBeId } from './row-ids.ts'
import { mapEndpoints } from './map-endpoints.ts'

/**
 * Carries the version of a single row from its endpoint to the server, which creates the ETag from
 * it; never sent to a client.
 */
export const ROW_VERSION_HEADER = 'x-forecourt-row-version'

/** Marks a request whose If-Match was compared. */
const COMPARED_KEY = 'ifMatchCompared'

/** The endpoints of one row that compare If-Match with its version. */
const CONDITIONAL = ['patch /:id', 'delete /:id', 'post /:id/restore']

/**
 * Adds the version to reads of one row, and refuses If-Match with 412 where nothing can be compared
 * with it, instead of ignoring it. Wraps the endpoints of the complete configuration.
 */
export function withRowVersions(config: SanitizedConfig): SanitizedConfig {
  config.endpoints = config.endpoints.map((endpoint) =>
    refuseCondition(endpoint),
  ) as SanitizedConfig['endpoints']
  return mapEndpoints(config, (endpoint, collection) =>
    isOneOfEndpoints(endpoint, ['get /:id'])
      ? withVersion(endpoint, collection)
      : refuseCondition(endpoint),
  )
}

/**
 * Whether If-Match and If-None-Match of a request allow it to change a row: If-Match must be `*` or
 * include the current version, If-None-Match must not (RFC 9110, 13.1). True without the headers.
 */
export async function isUnchanged(
  req: PayloadRequest,
  slug: string,
  id: string | number,
): Promise<boolean> {
  const [header, unwanted] = [req.headers.get('if-match'), req.headers.get('if-none-match')]
  const isOfThisRow =
    req.routeParams?.['collection'] === slug && String(req.routeParams['id']) === String(id)
  if ((header === null && unwanted === null) || !isOfThisRow || req.context[COMPARED_KEY] === true)
    return true
  const { sql: table, keySql: key } = getCollectionTable(req.payload, slug)
  const found = await getTransaction(req).db.execute(
    sql`select xmin::text as version from ${table} where ${key} = ${id} for update`,
  )
  const [row] = found.rows as { version: string }[]
  if (!row) return false
  const versions = getSigningSecrets(req.payload).map((secret) =>
    hashVersion(secret, slug, id, row.version),
  )
  const names = (tags: string) =>
    splitTags(tags).some(
      (tag) => tag === '*' || versions.some((version) => parseTagVersion(tag) === version),
    )
  const isAllowed =
    (header === null || names(header)) &&
    !(unwanted !== null && names(unwanted.replaceAll('W/', '')))
  // the change itself, and what its hooks write, gives the row another version
  if (isAllowed) req.context[COMPARED_KEY] = true
  return isAllowed
}

/** The error for a change whose If-Match names a different state of the row. */
export const createPreconditionError = (message: string) =>
  new APIError(message, 412, undefined, true)

function withVersion(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  const handler: Endpoint['handler'] = async (req) => {
    // before the row: a tag may be older than its row, never newer
    const version = await readVersion(req, collection)
    const response = await endpoint.handler(req)
    if (version !== null && response.status === 200)
      response.headers.set(ROW_VERSION_HEADER, version)
    return response
  }
  return { ...endpoint, handler }
}

async function readVersion(
  { payload, routeParams }: PayloadRequest,
  collection: SanitizedCollectionConfig,
): Promise<string | null> {
  const id = String(routeParams?.['id'])
  if (!couldBeId(collection, id) || id.includes('\0')) return null
  const { sql: table, keySql: key } = getCollectionTable(payload, collection.slug)
  const found = await getPostgresAdapter(payload).drizzle.execute(
    sql`select xmin::text as version from ${table} where ${key} = ${id}`,
  )
  const [row] = found.rows as { version: string }[]
  return row ? hashVersion(payload.secret, collection.slug, id, row.version) : null
}

/**
 * PostgreSQL gives a row another xmin with every change. It counts transactions, so only a keyed
 * hash of it leaves the server.
 */
function hashVersion(secret: string, slug: string, id: string | number, xmin: string): string {
  return createHmac('sha256', secret)
    .update(`${slug}/${id}/${xmin}`)
    .digest('base64url')
    .slice(0, 10)
}

const IF_MATCH_UNSUPPORTED =
  'If-Match applies only to PATCH and DELETE of a single row, with the ETag that a GET of the ' +
  'row returned. This request does not address a single row: leave out the header.'

function refuseCondition(endpoint: Endpoint): Endpoint {
  if (endpoint.method === 'get' || isOneOfEndpoints(endpoint, CONDITIONAL)) return endpoint
  const handler: Endpoint['handler'] = (req) => {
    if ((req.headers.get('if-match') ?? '*') !== '*')
      throw createPreconditionError(IF_MATCH_UNSUPPORTED)
    return endpoint.handler(req)
  }
  return { ...endpoint, handler }
}

const isOneOfEndpoints = (
  { method, path }: Pick<Endpoint, 'method' | 'path'>,
  names: readonly string[],
) => names.includes(`${method} ${path}`)
