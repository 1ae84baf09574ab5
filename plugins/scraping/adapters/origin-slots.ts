import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseRetryAfter } from '../../../src/domain/retry-after.ts'
import type { EgressResponse } from '../../../src/egress/egress.ts'
import type { OriginStore } from '../domain/fetching.ts'
import { RetryAfterError } from '../domain/scrape-failure.ts'

/**
 * Longer than any request may take: a turn that is held this long belongs to a worker that died.
 */
const LEASE_MS = 50_000
/** Longer than this nobody waits with a worker in hand: the job comes back later. */
const MAX_WAIT_MS = 120_000

/**
 * The milliseconds from the end of a request to the next one, by its answer; null where none came.
 */
type ComputeGap = (answer: EgressResponse | null) => number

/** Waits for the turn of an origin, and sends then. */
export type SendInSlot = <Came extends EgressResponse>(
  url: URL,
  gap: ComputeGap,
  send: () => Promise<Came>,
  signal: AbortSignal,
) => Promise<Came>

/**
 * Lets one request at a time through to an origin, with a gap after each. What the site says in
 * Retry-After is added to that gap, so that every worker keeps it. Throws RetryAfterError where the
 * wait would be long.
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
