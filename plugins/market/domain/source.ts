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

/** Where listings come from. Throws SourceError. */
export type MarketSource = {
  /** As the results name it: `auto.dev`, `competitors`. */
  name: string
  fetchListings: (search: Search, request: SourceRequest) => Promise<FoundListings>
}

/** What a VIN was read as; null where the source does not know. */
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

/** A source that can also read VINs; null for one that it does not know. */
export type VinSource = MarketSource & {
  decodeVin: (vin: string, request: SourceRequest) => Promise<DecodedVin | null>
}

/**
 * Why a source gave nothing: `busy` it wants fewer questions, and says when to come back; `queued`
 * it was not asked, since our turn is too far away; `away` it did not answer properly, and may the
 * next time; `refused` it will not answer this, however often it is asked: a wrong key, a plan that
 * does not have it.
 */
export type SourceErrorKind = 'busy' | 'queued' | 'unavailable' | 'rejected'

/** The message is for people, and has no key in it. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly kind: SourceErrorKind
  /** In how many seconds to come back; said by `busy` and `queued` alone. */
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
