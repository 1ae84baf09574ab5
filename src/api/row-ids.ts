import type {
  CollectionBeforeOperationHook,
  Endpoint,
  SanitizedCollectionConfig,
  SanitizedConfig,
} from 'payload'
import { isUuid } from '../fields/uuid.ts'
import { mapEndpoints } from './map-endpoints.ts'

/**
 * Whether a part of a path could be the ID of a row of this collection: a UUID, a number, or any
 * text if its key is a text.
 */
export function couldBeId({ flattenedFields }: SanitizedCollectionConfig, part: string): boolean {
  const own = flattenedFields.find(({ name }) => name === 'id')
  if (own?.type === 'number') return /^\d{1,10}$/.test(part) && Number(part) < 2 ** 31
  return own ? part !== '' : isUuid(part)
}

/**
 * The id of a row as the database writes it: a UUID in lower case, a number without leading zeros.
 * PostgreSQL takes other spellings for the same row, code that compares ids does not. A value that
 * could not be an id, and a text that is a key, are returned unchanged.
 */
export function normalizeId<Id>(
  collection: SanitizedCollectionConfig,
  id: Id,
): Id | string | number {
  if (typeof id !== 'string' || !couldBeId(collection, id)) return id
  const own = collection.flattenedFields.find(({ name }) => name === 'id')
  if (own?.type === 'number') return String(Number(id))
  return own ? id : id.toLowerCase()
}

/** Passes the ID in the spelling of the database to every operation on one row, from any API. */
export const normalizeIds: CollectionBeforeOperationHook = ({ args, collection }) => {
  const ids = Object.entries(args).filter(([name]) => name === 'id' || name === 'duplicateFromID')
  return {
    ...args,
    ...Object.fromEntries(ids.map(([name, id]) => [name, normalizeId(collection, id)])),
  }
}

/**
 * Passes the `:id` of a path in the spelling of the database to every endpoint of one row. Wraps
 * the endpoints of the complete configuration.
 */
export const withRowIds = (config: SanitizedConfig): SanitizedConfig =>
  mapEndpoints(config, withRowId)

function withRowId(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  if (!endpoint.path.startsWith('/:id')) return endpoint
  const handler: Endpoint['handler'] = (req) => {
    const id = req.routeParams?.['id']
    if (req.routeParams && id !== undefined) req.routeParams['id'] = normalizeId(collection, id)
    return endpoint.handler(req)
  }
  return { ...endpoint, handler }
}
