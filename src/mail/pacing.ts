import { setTimeout as sleep } from 'node:timers/promises'
import type { Deliver } from './deliver.ts'

const PAUSE_MS = 1_000

/**
 * While nobody is there to take mails, or lets us in, each try begins with a pause, in
 * milliseconds: a thousand waiting mails ask an absent server a few times a second instead of
 * costing the processor a thousand runs at once, and most of them still wait when it is back.
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
