import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { OwnerFacts } from '../../access/owner-tokens.ts'

/**
 * For how many milliseconds it is remembered that the provider says nothing, and of how many
 * tokens.
 */
export type NegativeCacheOptions = { ttlMs: number; maxEntries: number }

type FetchFacts = () => Promise<OwnerFacts>

/**
 * Asks the provider what it knows of the owner of a token: once where several ask at the same time,
 * and for a while not again where it named no address. What it did say is not kept, nor that it was
 * away. A new token, from signing in anew, is asked about at once.
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
