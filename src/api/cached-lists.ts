import type { Endpoint, PayloadRequest, SanitizedCollectionConfig, SanitizedConfig } from 'payload'
import { getIdentity } from '../access/identity.ts'
import type { CacheEntry, CacheKey } from '../cache/cache.ts'
import { buildOwnerTag, cacheKeys } from '../cache/keys.ts'
import { getReadCache } from '../cache/read-cache.ts'
import { canonicalizeQuery } from './canonical-query.ts'
import { mapEndpoints } from './map-endpoints.ts'

type BuildKey = (subject: string, query: string) => CacheKey | null

/** Rows are in miles and gallons for every owner: only our own endpoints convert them. */
const UNITS_OF_ROWS = 'imperial'

/**
 * The lists that are cached for their owner, and the key of each; null for a list that is not of
 * one vehicle.
 */
const CACHED_LISTS: Readonly<Record<string, BuildKey | undefined>> = {
  vehicles: (subject) => cacheKeys.vehicles(subject),
  'fuel-logs': (_subject, query) => buildVehicleKey(query, cacheKeys.fuelLogs),
  'maintenance-logs': (_subject, query) => buildVehicleKey(query, cacheKeys.maintenance),
  'maintenance-schedules': (_subject, query) => buildVehicleKey(query, cacheKeys.maintenance),
}

const VEHICLE =
  /(?:^|&)where%5Bvehicle%5D%5Bequals%5D=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:&|$)/

/**
 * Answers owners' lists of their vehicles, and of the logs and schedules of one vehicle, from the
 * cache. Wraps the endpoints of the complete configuration, inside those that check the caller.
 */
export const withCachedLists = (config: SanitizedConfig): SanitizedConfig =>
  mapEndpoints(config, (endpoint, collection) => {
    const buildKey = CACHED_LISTS[collection.slug]
    const isList = endpoint.method === 'get' && endpoint.path === '/'
    return isList && buildKey ? withCache(endpoint, collection, buildKey) : endpoint
  })

function withCache(
  endpoint: Endpoint,
  collection: SanitizedCollectionConfig,
  buildKey: BuildKey,
): Endpoint {
  const handler: Endpoint['handler'] = async (req) => {
    const entry = await findEntry(req, collection, buildKey)
    if (!entry) return endpoint.handler(req)
    const computed: { response?: Response } = {}
    const text = await getReadCache(req.payload).read(entry, async () => {
      const response = (computed.response = await endpoint.handler(req))
      return response.status === 200 ? response.clone().text() : null
    })
    return computed.response ?? new Response(text, { headers: JSON_TYPE })
  }
  return { ...endpoint, handler }
}

const JSON_TYPE = { 'content-type': 'application/json' }

/**
 * Where the answer to a request is cached; null if it is not: for callers who are not the owner of
 * what they list, and for queries that are not understood. What an owner may read depends on their
 * subject and on what is shared with them (src/access/rules.ts), so both are part of the field.
 */
async function findEntry(
  req: PayloadRequest,
  { access, slug }: SanitizedCollectionConfig,
  buildKey: BuildKey,
): Promise<CacheEntry | null> {
  const identity = getIdentity(req)
  if (identity.kind !== 'owner' || identity.garageAdmin) return null
  if (typeof (await access.read({ req })) !== 'object') return null
  const query = canonicalizeQuery(req.search.slice(1))
  const key = query === null ? null : buildKey(identity.subject, query)
  if (!key) return null
  const { subject, sharedVehicles: shared } = identity
  const owners = new Set([subject, ...shared.map(({ owner }) => owner)])
  const field = `${slug}?${query} ${subject}${shared.length > 0 ? JSON.stringify(shared) : ''}`
  return { key, field, tags: [...owners].map(buildOwnerTag) }
}

/** The key of a list that is filtered to one vehicle. */
function buildVehicleKey(
  query: string,
  build: (vehicleId: string, unitSystem: typeof UNITS_OF_ROWS) => CacheKey,
): CacheKey | null {
  const vehicle = VEHICLE.exec(query)?.[1]
  return vehicle === undefined ? null : build(vehicle, UNITS_OF_ROWS)
}
