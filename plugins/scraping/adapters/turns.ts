import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { retryAfterSeconds } from '../../../src/domain/retry-after.ts'
import type { Answer } from '../../../src/egress/egress.ts'
import type { OriginBook } from '../domain/fetching.ts'
import { PutOff } from '../domain/scrape-failure.ts'

/** Longer than any request may take: a turn that is held this long belongs to a worker that died. */
const LEASE_MS = 50_000
/** Longer than this nobody waits with a worker in hand: the job comes back later. */
const PATIENCE_MS = 120_000

/** The milliseconds from the end of a request to the next one, by its answer; null where none came. */
type Gap = (answer: Answer | null) => number

/** Waits for the turn of an origin, and sends then. */
export type Turns = <Came extends Answer>(url: URL, gap: Gap, send: () => Promise<Came>, signal: AbortSignal) => Promise<Came>

/**
 * Lets one request at a time through to an origin, with a gap after each. What the site says in Retry-After is added to that gap, so that
 * every worker keeps it. Throws PutOff where the wait would be long.
 */
export const turnsOf =
  (book: OriginBook, lease = LEASE_MS): Turns =>
  async ({ origin }, gap, send, signal) => {
    const holder = randomUUID()
    await waitForTurn(book, { origin, holder, lease }, signal)
    const rest = { gap: gap(null) }
    try {
      const answer = await send()
      rest.gap = gap(answer)
      if (answer.status === 429 || answer.status === 503)
        rest.gap = Math.max(rest.gap, 1000 * (retryAfterSeconds(answer.headers['retry-after'], new Date()) ?? 0))
      return answer
    } finally {
      await book.give(origin, holder, rest.gap)
    }
  }

type Turn = { origin: string; holder: string; lease: number }

async function waitForTurn(book: OriginBook, { origin, holder, lease }: Turn, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const wait = await book.take(origin, holder, lease)
    if (wait === 0) return
    if (wait > PATIENCE_MS) throw new PutOff(`${origin} asked not to be asked for a while.`, Math.ceil(wait / 1000))
    await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}
