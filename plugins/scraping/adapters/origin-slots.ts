import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseRetryAfter } from '../../../src/domain/retry-after.ts'
import type { EgressResponse } from '../../../src/egress/egress.ts'
import type { OriginStore } from '../domain/fetching.ts'
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
  (originStore: OriginStore, lease = LEASE_MS): SendInSlot =>
  async ({ origin }, gap, send, signal) => {
    const holder = randomUUID()
    await acquireSlot(originStore, { origin, holder, lease }, signal)
    const pause = { gap: gap(null) }
    try {
      const answer = await send()
      pause.gap = gap(answer)
      if (answer.status === 429 || answer.status === 503)
        pause.gap = Math.max(
          pause.gap,
          1000 * (parseRetryAfter(answer.headers['retry-after'], new Date()) ?? 0),
        )
      return answer
    } finally {
      await originStore.release(origin, holder, pause.gap)
    }
  }

type SlotRequest = { origin: string; holder: string; lease: number }

async function acquireSlot(
  originStore: OriginStore,
  { origin, holder, lease }: SlotRequest,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const wait = await originStore.tryAcquire(origin, holder, lease)
    if (wait === 0) return
    if (wait > MAX_WAIT_MS)
      throw new RetryAfterError(`${origin} requested a pause.`, Math.ceil(wait / 1000))
    await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}
