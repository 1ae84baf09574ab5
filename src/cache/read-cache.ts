import type { Payload, PayloadRequest } from 'payload'
import { getService } from '../services.ts'
import type { Cache, CacheEntry, CacheKey } from './cache.ts'
import type { ChangeFeed } from './changes.ts'
import { createMemoryCache } from './memory.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisCache } from './redis.ts'

declare module '../services.ts' {
  interface Services {
    readCache: ReadCache
  }
}

const MEMORY_BYTES = 32_000_000
const BYTES_PER_CHARACTER = 2

/**
 * The cache of answers about owners' rows and of choices, as JSON texts: in Redis if it is
 * configured, else in this process. Until it is connected to a feed of changes, as in a command, it
 * caches nothing.
 */
export class ReadCache {
  readonly #cache: Cache<string>
  #changes: ChangeFeed | null = null

  constructor(redis: RedisConnection | null) {
    this.#cache = redis
      ? createRedisCache(redis)
      : createMemoryCache({
          bytes: MEMORY_BYTES,
          computeSize: (text) => BYTES_PER_CHARACTER * text.length,
        })
  }

  /** Begins to cache. */
  connect(changes: ChangeFeed): void {
    this.#changes = changes
    changes.connect(this.#cache)
  }

  /**
   * Drops what depends on these tags after a write by our own SQL. The database reports it too, but
   * perhaps not before the response.
   */
  async invalidate(tags: readonly string[]): Promise<void> {
    await this.#changes?.invalidate(tags)
  }

  /**
   * Returns the cached text of an entry, or else computes and caches it. Null is not cached, and
   * neither is what was computed while a connection to the database broke.
   */
  async read<Text extends string | null>(
    entry: CacheEntry,
    compute: () => Promise<Text>,
  ): Promise<Text | string> {
    const changes = this.#changes
    if (!changes?.isListening) return compute()
    const disconnects = changes.disconnects
    const { value, stamp } = await this.#cache.get(entry)
    if (value !== undefined) return value
    const text = await compute()
    const isComplete = changes.disconnects === disconnects
    if (text !== null && stamp !== null && isComplete) await this.#cache.set(entry, text, stamp)
    return text
  }
}

/**
 * Responds with the JSON of what `compute` returns, from the cache if possible:
 *
 *     const key = cacheKeys.fuelLogs(vehicleId, 'metric')
 *     return cached(req, key, 'stats', [buildOwnerTag(userId)], () => computeStats(…))
 *
 * Check first that the caller may see it: a cached answer is returned without `compute`. `field`
 * must contain everything else that the answer depends on, such as the page; `tags` are its
 * sources: `buildOwnerTag` for rows of the garage, or the name of a table that reports its changes.
 * An answer that depends on today needs the day in its field. Within a transaction, which sees
 * uncommitted rows, nothing is cached.
 */
export async function cached(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  key: CacheKey,
  field: string,
  tags: readonly string[],
  compute: () => Promise<object>,
): Promise<Response> {
  const computeText = async () => JSON.stringify(await compute())
  const text = req.transactionID
    ? await computeText()
    : await getReadCache(req.payload).read({ key, field, tags }, computeText)
  return new Response(text, { headers: { 'content-type': 'application/json' } })
}

/** The read cache of this process. */
export const getReadCache = (payload: Payload): ReadCache => getService(payload, 'readCache')
