import type { CacheKey } from './cache.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The unit systems of owners' preferences. */
export type UnitSystem = 'imperial' | 'metric'

/**
 * The keys and lifetimes of the first document, literally. Each key is a hash: a filter, page or
 * selection is a field of it.
 */
export const cacheKeys = {
  /** Values to choose from, such as makes or maintenance subtypes. */
  dropdown: (dataType: string, params: string): CacheKey => ({
    name: `dropdown:${dataType}:${params}`,
    seconds: 6 * HOUR,
  }),
  /** The photos of available cars with their sizes. */
  publicPhotos: (): CacheKey => ({ name: 'public:photos', seconds: HOUR }),
  vinDecode: (vin: string): CacheKey => ({ name: `vin:decode:${vin}`, seconds: 7 * DAY }),
  vehicles: (userId: string): CacheKey => ({
    name: `vehicles:user:${userId}`,
    seconds: 5 * MINUTE,
  }),
  fuelLogs: (vehicleId: string, unitSystem: UnitSystem): CacheKey => ({
    name: `fuel-logs:vehicle:${vehicleId}:${unitSystem}`,
    seconds: 5 * MINUTE,
  }),
  maintenance: (vehicleId: string, unitSystem: UnitSystem): CacheKey => ({
    name: `maintenance:vehicle:${vehicleId}:${unitSystem}`,
    seconds: 5 * MINUTE,
  }),
} as const

/** The tag of everything that depends on one owner's rows, in whichever table. */
export const buildOwnerTag = (userId: string) => `${OWNER_TAG_PREFIX}${userId}`

/** What the tags of owners start with. The tag of a table is its name. */
export const OWNER_TAG_PREFIX = 'owner:'
