import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { VerifyToken } from '../../auth/owners/owner-tokens.ts'

const MAX_TOKENS = 20_000
const TTL_MS = 3_600_000

/**
 * Remembers the Bearer tokens that were recently verified as an owner's, by hash, for an hour. It
 * only decides who is admitted first while the server is busy: each request verifies its token
 * again.
 */
export class KnownOwners {
  readonly #tokens = new LRUCache<string, true>({ max: MAX_TOKENS, ttl: TTL_MS })

  /** Wraps a verifier so that the tokens it accepts are remembered. */
  wrapVerifier(verify: VerifyToken): VerifyToken {
    return async (token) => {
      const verified = await verify(token)
      if (verified) this.#tokens.set(hashToken(token), true)
      else this.#tokens.delete(hashToken(token))
      return verified
    }
  }

  has(token: string): boolean {
    return this.#tokens.has(hashToken(token))
  }
}

const hashToken = (token: string) => createHash('sha256').update(token).digest('base64')
