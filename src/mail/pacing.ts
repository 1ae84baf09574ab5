import { setTimeout as sleep } from 'node:timers/promises'
import type { Deliver } from './deliver.ts'

const PAUSE_MS = 1_000

/**
 * While the mail server is unreachable, each attempt starts with a pause, in milliseconds: a
 * thousand waiting mails contact the server a few times a second instead of causing a thousand runs
 * at once, and most of them still wait when it is back.
 */
export function paceDelivery(deliver: Deliver, pauseMs = PAUSE_MS): Deliver {
  let absent = false
  return async (message, signal) => {
    if (absent) await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    const delivery = await deliver(message, signal)
    if (!signal.aborted) absent = delivery.unreachable === true
    return delivery
  }
}
