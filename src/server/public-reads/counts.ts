import type { Cache } from '../../cache/cache.ts'
import type { Changes } from './changes.ts'

/** Remembers the totals of lists, by what they ask for, for as long as their table does not change. */
export type Counts = { get: (key: string) => Promise<number | undefined>; keep: (key: string, total: number) => Promise<void> }

/** A total as a cache keeps it. */
export type Total = { total: number }

/** The totals of a table as they stand now. One that was counted while the table changed is not kept. */
export function countsOf(cache: Cache<Total>, changes: Changes, table: string): Counts {
  const version = changes.version(table)
  return {
    get: async (key) => (await cache.get(key))?.total,
    keep: async (key, total) => {
      if (changes.heard && changes.version(table) === version) await cache.set(key, { total }, table)
    },
  }
}
