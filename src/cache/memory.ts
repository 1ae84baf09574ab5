import { LRUCache } from 'lru-cache'
import type { Cache } from './cache.ts'

/** How many bytes a memory cache may hold, and how many one value is. */
export type MemoryBounds<Value> = { bytes: number; sizeOf: (value: Value) => number }

/** What an entry costs besides its value and key. */
const ENTRY_BYTES = 300

/** A cache in this process, bounded by bytes: the value that was not asked for longest goes first. One value takes an eighth at most. */
export function memoryCache<Value extends object>({ bytes, sizeOf }: MemoryBounds<Value>): Cache<Value> {
  const keysOf = new Map<string, Set<string>>()
  const kept = new LRUCache<string, { value: Value; tag: string }>({
    maxSize: bytes,
    maxEntrySize: Math.ceil(bytes / 8),
    sizeCalculation: ({ value }, key) => sizeOf(value) + 2 * key.length + ENTRY_BYTES,
    dispose: ({ tag }, key) => keysOf.get(tag)?.delete(key),
  })
  return {
    get: async (key) => kept.get(key)?.value,
    set: async (key, value, tag) => {
      kept.set(key, { value, tag })
      if (kept.has(key)) keysOf.set(tag, (keysOf.get(tag) ?? new Set()).add(key))
    },
    drop: async (tag) => {
      for (const key of [...(keysOf.get(tag) ?? [])]) kept.delete(key)
    },
    clear: async () => kept.clear(),
  }
}
