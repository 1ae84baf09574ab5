/** A documented key: the name of a hash, and how long its values live. See keys.ts. */
export type CacheKey = Readonly<{ name: string; seconds: number }>

/** Where a value is, and what it depends on. */
export type CacheEntry = Readonly<{
  key: CacheKey
  /** Tells the values of a key apart: filter, page, selection, and who may see the value. */
  field: string
  /** The sources of the value. It is never returned after one of them was invalidated. */
  tags: readonly string[]
}>

/** The state of an entry's tags at one time, for `set`. */
export type Stamp = string | number

/**
 * What `get` found: a value, or else the stamp to set one with. Without both, the cache cannot be
 * used now.
 */
export type Lookup<Value> = { value: Value | undefined; stamp: Stamp | null }

/**
 * The cache port. A cache may drop any value at any time, and never throws. It never returns a
 * value that is older than its key allows, nor one that was computed before one of its tags was
 * invalidated: a value is computed after `get`, and `set` drops it if a tag changed in between.
 */
export type Cache<Value> = {
  get(entry: CacheEntry): Promise<Lookup<Value>>
  set(entry: CacheEntry, value: Value, stamp: Stamp): Promise<void>
  /** Drops every value with one of the tags. Call it after the commit of a change. */
  invalidate(tags: readonly string[]): Promise<void>
  /** Drops every value that has a tag: changes may have been missed. */
  clear(): Promise<void>
}
