import type { Cache } from '../../cache/cache.ts'
import type { ChangeTracker } from './changes.ts'

/**
 * Remembers the totals of lists, by what they ask for, for as long as their table does not change.
 */
export type TotalCache = {
  get: (key: string) => Promise<number | undefined>
  set: (key: string, total: number) => Promise<void>
}

/** A total as a cache keeps it. */
export type CachedTotal = { total: number }

/**
 * The totals of a table as they stand now. One that was counted while the table changed is not
 * kept.
 */
export function createTotalCache(
  cache: Cache<CachedTotal>,
  changes: ChangeTracker,
  table: string,
): TotalCache {
  const version = changes.version(table)
  return {
    get: async (key) => (await cache.get(key))?.total,
    set: async (key, total) => {
      if (changes.isListening && changes.version(table) === version)
        await cache.set(key, { total }, table)
    },
  }
}
