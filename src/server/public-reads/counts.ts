import type { Cache } from '../../cache/cache.ts'
import type { ChangeTracker } from './changes.ts'

/** Caches the totals of lists by their filter until their table changes. */
export type TotalCache = {
  get: (key: string) => Promise<number | undefined>
  set: (key: string, total: number) => Promise<void>
}

/**
 * Creates the cache for the totals of one table. A total that was counted while the table changed
 * is not cached.
 */
export function createTotalCache(
  cache: Cache<number>,
  changes: ChangeTracker,
  table: string,
): TotalCache {
  const version = changes.version(table)
  return {
    get: (key) => cache.get(key),
    set: async (key, total) => {
      if (changes.isListening && changes.version(table) === version)
        await cache.set(key, total, table)
    },
  }
}
