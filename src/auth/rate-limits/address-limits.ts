import { LRUCache } from 'lru-cache'
import { getAddressBlock } from '../../domain/address-block.ts'

/** The tokens left at a moment, in milliseconds of a monotonic clock. */
type Bucket = { tokens: number; at: number }

const MAX_ADDRESSES = 20_000
const MINUTE_MS = 60_000

/**
 * A token bucket for each address block (see `getAddressBlock`): `perMinute` requests at once after
 * a quiet minute, and on average. It exists in this process only, because counting a read in the
 * database would cost more than the read. It holds at most 20,000 blocks and drops the least
 * recently used one first.
 */
export class AddressLimit {
  readonly #perMinute: number
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_ADDRESSES })

  /** `perMinute` of 0 turns the limit off. */
  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /**
   * Consumes `cost` requests of an address. Returns null, or the seconds until there are enough
   * tokens. `now`: milliseconds, monotonic.
   */
  consume(address: string, now: number, cost = 1): number | null {
    if (this.#perMinute === 0) return null
    const block = getAddressBlock(address)
    const bucket = this.#buckets.get(block) ?? { tokens: this.#perMinute, at: now }
    const refilled = Math.min(
      this.#perMinute,
      bucket.tokens + ((now - bucket.at) * this.#perMinute) / MINUTE_MS,
    )
    const enough = refilled >= cost
    this.#buckets.set(block, { tokens: enough ? refilled - cost : refilled, at: now })
    return enough ? null : Math.ceil((((cost - refilled) / this.#perMinute) * MINUTE_MS) / 1000)
  }
}
