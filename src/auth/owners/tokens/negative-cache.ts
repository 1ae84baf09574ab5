import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { OwnerFacts } from '../owner-tokens.ts'

/** How many milliseconds an empty response of the provider is cached, and for how many tokens. */
export type NegativeCacheOptions = { ttlMs: number; maxEntries: number }

type FetchFacts = () => Promise<OwnerFacts>

/**
 * Queries the provider about the owner of a token: once for concurrent requests, and not again for
 * a while if it returned no address. Other responses and outages are not cached. A new token, from
 * another sign-in, is queried immediately.
 */
export function createNegativeCache({
  ttlMs,
  maxEntries,
}: NegativeCacheOptions): (token: string, ask: FetchFacts) => Promise<OwnerFacts> {
  const pending = new LRUCache<string, Promise<OwnerFacts>>({ max: maxEntries, ttl: ttlMs })
  return (token, ask) => {
    const key = createHash('sha256').update(token).digest('base64')
    const cached = pending.get(key)
    if (cached) return cached
    const request = ask()
    const evict = () => void (pending.peek(key) === request && pending.delete(key))
    pending.set(key, request)
    request.then((facts) => facts && evict(), evict)
    return request
  }
}
