import type { Cache, CacheEntry } from '../../cache/cache.ts'
import { createMemoryCache } from '../../cache/memory.ts'

/** Caches the totals of lists by their filter until their table changes. */
export type TotalCache = Cache<number>

const BYTES = 2_000_000
const SECONDS = 3_600

export const createTotalCache = (): TotalCache =>
  createMemoryCache<number>({ bytes: BYTES, computeSize: () => 8 })

/** The entry of the number of rows that a filter of a table finds. */
export const buildTotalEntry = (table: string, filter: string): CacheEntry => ({
  key: { name: `totals:${table}`, seconds: SECONDS },
  field: filter,
  tags: [table],
})
