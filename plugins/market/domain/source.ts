import type { Listing } from './listing.ts'
import type { Search } from './search.ts'

/**
 * What a search found. `complete` is whether it is all that the source has; `notes` are what a
 * person should know of it, a sentence each: a limit, a row that could not be read.
 */
export type FoundListings = { listings: Listing[]; complete: boolean; notes: string[] }

/**
 * A turn in hand: `sent` says that the request is on the wire, which is when the gap to the next
 * turn begins.
 */
export type Slot = { markSent: () => Promise<void> }

/**
 * Who waits, and how. `turn` resolves when the source may be asked once more; every request takes
 * one.
 */
export type SourceRequest = { signal: AbortSignal; acquireSlot: () => Promise<Slot | void> }

/** A source of listings. Throws SourceError. */
export type MarketSource = {
  /** As the results name it: `auto.dev`, `competitors`. */
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
  /** Whether something is missing or not certain. */
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

/** The message is for people and never contains the key. */
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
