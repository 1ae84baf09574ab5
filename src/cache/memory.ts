import { LRUCache } from 'lru-cache'
import type { Cache } from './cache.ts'

/** The maximum number of bytes in a memory cache, and the size of one value. */
export type MemoryBounds<Value> = { bytes: number; computeSize: (value: Value) => number }

/** The cost of an entry in addition to its value and key. */
const ENTRY_BYTES = 300

/**
 * A cache in this process, limited by bytes: the least recently used value is dropped first. One
 * value takes at most an eighth.
 */
export function createMemoryCache<Value extends object | number>({
  bytes,
  computeSize,
}: MemoryBounds<Value>): Cache<Value> {
  const keysByTag = new Map<string, Set<string>>()
  const entries = new LRUCache<string, { value: Value; tag: string }>({
    maxSize: bytes,
    maxEntrySize: Math.ceil(bytes / 8),
    sizeCalculation: ({ value }, key) => computeSize(value) + 2 * key.length + ENTRY_BYTES,
    dispose: ({ tag }, key) => keysByTag.get(tag)?.delete(key),
  })
  return {
    get: async (key) => entries.get(key)?.value,
    set: async (key, value, tag) => {
      entries.set(key, { value, tag })
      if (entries.has(key)) keysByTag.set(tag, (keysByTag.get(tag) ?? new Set()).add(key))
    },
    drop: async (tag) => {
      for (const key of [...(keysByTag.get(tag) ?? [])]) entries.delete(key)
    },
    clear: async () => entries.clear(),
  }
}
