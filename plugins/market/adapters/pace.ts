import type { Pool } from '../../../src/database/with-transaction.ts'
import { createPacing, SlotUnavailable } from '../../../src/egress/pacing.ts'
import { SourceError, type Slot } from '../domain/source.ts'

/** The rate limit of a source, shared by all processes that use the same database. */
export type Pace = {
  /**
   * Resolves with the next slot, which is exclusive until its `release` is called; the gap to the
   * next slot starts at that moment. Throws SourceError if the slot is too far away to wait for.
   */
  acquireSlot: (signal: AbortSignal) => Promise<Slot>
  /** Blocks all requests to the source for this many seconds. */
  pause: (seconds: number) => Promise<void>
}

/** The maximum wait for a slot within a run. Beyond it, the run ends and starts over later. */
const MAX_WAIT_MS = 15_000
/**
 * The minimum number of gaps to wait for, even beyond MAX_WAIT_MS: otherwise, a run with more than
 * one request would never finish.
 */
const MAX_WAIT_GAPS = 3
/**
 * The time beyond the gap after which a slot is considered abandoned by a crashed process.
 * Connecting takes at most 10 s, and a request is considered arrived after another 5 s.
 */
const LEASE_MS = 20_000

/**
 * Creates a pace in which requests arrive at the source at least `gapMs` apart. One process holds
 * the slot until its request has arrived, however long that takes. A waiting caller gives up if
 * another caller pauses the source.
 */
export function createPace(pool: Pick<Pool, 'query'>, source: string, gapMs: number): Pace {
  const pacing = createPacing(pool)
  const limits = {
    server: source,
    leaseMs: gapMs + LEASE_MS,
    maxWaitMs: Math.max(MAX_WAIT_MS, MAX_WAIT_GAPS * gapMs),
  }
  const acquireSlot = async (signal: AbortSignal): Promise<Slot> => {
    try {
      const slot = await pacing.acquireSlot({ ...limits, signal })
      return { release: () => slot.release(gapMs) }
    } catch (error) {
      if (!(error instanceof SlotUnavailable)) throw error
      throw buildQueuedError(source, error.waitMs ?? gapMs)
    }
  }
  return { acquireSlot, pause: (seconds) => pacing.pause(source, seconds) }
}

function buildQueuedError(source: string, milliseconds: number): SourceError {
  const waitSeconds = Math.max(1, Math.ceil(milliseconds / 1000))
  return new SourceError('queued', `${source} will accept the next request in ${waitSeconds} s.`, {
    waitSeconds,
  })
}
