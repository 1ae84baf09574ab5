import type { Listing } from './listing.ts'
import type { Search } from './search.ts'

/**
 * The result of a search. `complete` is whether it includes everything that the source has. `notes`
 * describe limitations for people, one sentence each, such as a limit or an unreadable row.
 */
export type FoundListings = {
  listings: Listing[]
  complete: boolean
  notes: string[]
}

/**
 * An acquired slot. Call `release` when the request has arrived at the source; the gap to the next
 * slot starts then.
 */
export type Slot = { release: () => Promise<void> }

/**
 * The context of requests to a source. Every request first calls `acquireSlot`, which resolves when
 * the next request is allowed.
 */
export type SourceRequest = { signal: AbortSignal; acquireSlot: () => Promise<Slot | void> }

/** A source of listings. Throws SourceError. */
export type MarketSource = {
  /** The name as stored with the results: `auto.dev`, `competitors`. */
  name: string
  fetchListings: (search: Search, request: SourceRequest) => Promise<FoundListings>
}

/** The decoded VIN; null if the source does not know it. */
export type DecodedVin = {
  vin: string
  year: number | null
  make: string | null
  model: string | null
  trim: string | null
  bodyStyle: string | null
  engine: string | null
  drivetrain: string | null
  transmission: string | null
  manufacturer: string | null
  /** Whether data is missing or uncertain. */
  partial: boolean
}

/** A source that can also decode VINs; returns null for an unknown VIN. */
export type VinSource = MarketSource & {
  decodeVin: (vin: string, request: SourceRequest) => Promise<DecodedVin | null>
}

/**
 * Why a source returned nothing: `busy` it limits the rate and specifies when to retry; `queued` no
 * request was sent because the next slot is too far away; `unavailable` it did not respond properly
 * but may next time; `rejected` a retry does not help: a wrong key, or a plan that does not include
 * it.
 */
export type SourceErrorKind = 'busy' | 'queued' | 'unavailable' | 'rejected'

/** An error of a source. The message is for people and never contains the key. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly kind: SourceErrorKind
  /** Seconds until the next attempt; only set for `busy` and `queued`. */
  readonly waitSeconds: number | null
  constructor(
    kind: SourceErrorKind,
    message: string,
    { cause, waitSeconds = null }: { cause?: unknown; waitSeconds?: number | null } = {},
  ) {
    super(message, { cause })
    this.kind = kind
    this.waitSeconds = waitSeconds
  }
}
