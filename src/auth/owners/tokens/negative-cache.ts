import { createHash } from 'node:crypto'
import { createRequestCache } from '../../../egress/request-cache.ts'
import type { OwnerFacts } from '../owner-tokens.ts'

/** How many milliseconds an empty response of the provider is cached, and for how many tokens. */
export type NegativeCacheOptions = { ttlMs: number; maxEntries: number }

type FetchFacts = () => Promise<OwnerFacts>

/**
 * Queries the provider about the owner of a token: once for concurrent requests, and not again for
 * a while if it returned no address. Other responses and outages are not cached. A new token, from
 * another sign-in, is queried immediately.
 */
export function createNegativeCache(
  options: NegativeCacheOptions,
): (token: string, ask: FetchFacts) => Promise<OwnerFacts> {
  const cache = createRequestCache<OwnerFacts>({ ...options, isKept: (facts) => facts === null })
  return (token, ask) => cache(createHash('sha256').update(token).digest('base64'), ask)
}
