import { LRUCache } from 'lru-cache'

/** The limits of a request cache, and which values it keeps. */
export type RequestCacheOptions<Value> = {
  maxEntries: number
  /** How long a value is kept, in milliseconds; without it, as long as there is room. */
  ttlMs?: number
  /** Whether a value is kept; all are by default. */
  isKept?: (value: Value) => boolean
}

/** Returns the value of a key: the kept one, or that of `load`. */
export type RequestCache<Value> = (key: string, load: () => Promise<Value>) => Promise<Value>

/**
 * Creates a cache that loads each value once for all concurrent callers of this process. A failure
 * is not kept: the next caller loads again. Work that must run once across processes uses
 * `createSingleFlight`.
 */
export function createRequestCache<Value>({
  maxEntries,
  ttlMs = 0,
  isKept = () => true,
}: RequestCacheOptions<Value>): RequestCache<Value> {
  const requests = new LRUCache<string, Promise<Value>>({ max: maxEntries, ttl: ttlMs })
  return (key, load) => {
    const cached = requests.get(key)
    if (cached) return cached
    const request = load()
    const evict = () => void (requests.peek(key) === request && requests.delete(key))
    requests.set(key, request)
    request.then((value) => isKept(value) || evict(), evict)
    return request
  }
}
