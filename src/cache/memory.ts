import { LRUCache } from 'lru-cache'
import type { Cache, CacheEntry, Lookup } from './cache.ts'

/** The maximum number of bytes in a memory cache, and the size of one value. */
export type MemoryBounds<Value> = { bytes: number; computeSize: (value: Value) => number }

/** The cost of an entry in addition to its value and key. */
const ENTRY_BYTES = 300
const MAX_TAGS = 10_000

/**
 * A cache in this process, limited by bytes: the least recently used value is dropped first. One
 * value takes at most an eighth.
 */
export function createMemoryCache<Value extends object | string | number>({
  bytes,
  computeSize,
}: MemoryBounds<Value>): Cache<Value> {
  const idsByTag = new Map<string, Set<string>>()
  const changes = createChangeLog()
  const entries = new LRUCache<string, { value: Value; tags: readonly string[] }>({
    maxSize: bytes,
    maxEntrySize: Math.ceil(bytes / 8),
    sizeCalculation: ({ value }, id) => computeSize(value) + 2 * id.length + ENTRY_BYTES,
    dispose: ({ tags }, id) => tags.forEach((tag) => removeId(idsByTag, tag, id)),
  })
  return {
    get: async (entry): Promise<Lookup<Value>> => {
      const value = entries.get(buildId(entry))?.value
      return { value, stamp: value === undefined ? changes.find(entry.tags) : null }
    },
    set: async (entry, value, stamp) => {
      if (changes.find(entry.tags) !== stamp) return
      const id = buildId(entry)
      entries.set(id, { value, tags: entry.tags }, { ttl: entry.key.seconds * 1000 })
      if (!entries.has(id)) return
      for (const tag of entry.tags) idsByTag.set(tag, (idsByTag.get(tag) ?? new Set()).add(id))
    },
    invalidate: async (tags) => {
      changes.record(tags)
      for (const tag of tags) for (const id of [...(idsByTag.get(tag) ?? [])]) entries.delete(id)
    },
    clear: async () => {
      changes.recordAll()
      for (const ids of [...idsByTag.values()]) for (const id of [...ids]) entries.delete(id)
    },
  }
}

const buildId = ({ key, field }: CacheEntry) => `${key.name} ${field}`

function removeId(idsByTag: Map<string, Set<string>>, tag: string, id: string): void {
  const ids = idsByTag.get(tag)
  ids?.delete(id)
  if (ids?.size === 0) idsByTag.delete(tag)
}

/**
 * Numbers the changes of tags, so that a computation knows whether one of its tags changed
 * meanwhile. Tags that changed longest ago share one number: a value may then be dropped without
 * need, but is never kept by mistake.
 */
function createChangeLog() {
  let last = 0
  let forgotten = 0
  const numbers = new LRUCache<string, number>({
    max: MAX_TAGS,
    dispose: (number, _tag, reason) => {
      if (reason === 'evict') forgotten = Math.max(forgotten, number)
    },
  })
  return {
    /** The number of the last change of any of the tags. */
    find: (tags: readonly string[]): number =>
      tags.reduce((latest, tag) => Math.max(latest, numbers.peek(tag) ?? forgotten), 0),
    record: (tags: readonly string[]): void => {
      last++
      for (const tag of tags) numbers.set(tag, last)
    },
    recordAll: (): void => {
      forgotten = ++last
      numbers.clear()
    },
  }
}
