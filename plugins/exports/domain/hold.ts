/** A feed that loses more than this share of its cars is held, in percent. */
const MAX_LOSS_PERCENT = 30

/**
 * Why a manager has to look at a feed before it is sent; null if it may be sent. `before` is the
 * number of cars of the last delivery, null if there was none. A feed that was already empty, and
 * was released by a manager, is not held again.
 */
export function findHoldReason(before: number | null, after: number): string | null {
  if (after === 0) return before === 0 ? null : describeEmpty(before)
  if (before === null || (before - after) * 100 <= before * MAX_LOSS_PERCENT) return null
  const percent = Math.round(((before - after) / before) * 100)
  const cars = after === 1 ? '1 car' : `${after} cars`
  return `The feed has ${cars}, ${percent} % fewer than the ${before} of the last delivery.`
}

const describeEmpty = (before: number | null) =>
  before === null
    ? 'The feed is empty, and it would be the first delivery.'
    : `The feed is empty; the last delivery had ${before === 1 ? '1 car' : `${before} cars`}.`
