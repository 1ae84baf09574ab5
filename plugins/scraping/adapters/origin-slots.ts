import type { EgressResponse } from '../../../src/egress/egress.ts'
import { type Pacing, type Slot, SlotUnavailable } from '../../../src/egress/pacing.ts'
import { getRequestedPause } from '../../../src/egress/retry-after.ts'
import { RetryAfterError } from '../domain/scrape-failure.ts'

/** Longer than any request can take: a slot that is held this long belongs to a crashed worker. */
const LEASE_MS = 50_000
/** The maximum time for which a worker waits for a slot. Beyond it, the job is retried later. */
const MAX_WAIT_MS = 120_000

/**
 * Returns the pause after a request in milliseconds, based on its response; null if there was none.
 */
type ComputeGap = (answer: EgressResponse | null) => number

/** Waits for the slot of an origin and then sends. */
export type SendInSlot = <Came extends EgressResponse>(
  url: URL,
  gap: ComputeGap,
  send: () => Promise<Came>,
  signal: AbortSignal,
) => Promise<Came>

/**
 * Creates a sender that allows one request at a time to an origin, with a gap after each. A
 * Retry-After of the site extends the gap for all workers. Throws RetryAfterError if the wait would
 * be long.
 */
export const createSlotSender =
  (pacing: Pacing, leaseMs = LEASE_MS): SendInSlot =>
  async ({ origin }, gap, send, signal) => {
    const slot = await acquireSlot(pacing, origin, leaseMs, signal)
    const pause = { gap: gap(null) }
    try {
      const answer = await send()
      pause.gap = Math.max(gap(answer), 1000 * (getBusyPause(answer) ?? 0))
      return answer
    } finally {
      await slot.release(pause.gap)
    }
  }

/** The pause in seconds that a busy site asks for (429 or 503); null if it does not. */
export const getBusyPause = (answer: Pick<EgressResponse, 'status' | 'headers'>): number | null =>
  answer.status === 429 || answer.status === 503 ? getRequestedPause(answer) : null

async function acquireSlot(
  pacing: Pacing,
  origin: string,
  leaseMs: number,
  signal: AbortSignal,
): Promise<Slot> {
  try {
    const request = { server: origin, leaseMs, maxPauseMs: MAX_WAIT_MS, signal }
    return await pacing.acquireSlot(request)
  } catch (error) {
    if (!(error instanceof SlotUnavailable)) throw error
    const seconds = Math.ceil((error.waitMs ?? 0) / 1000)
    throw new RetryAfterError(`${origin} requested a pause.`, seconds, null)
  }
}
