import { formatCount } from '../../../src/domain/format-count.ts'

/**
 * The data that decides whether a run is quarantined: the number of found cars, the number in the
 * last run, and the prices of known cars in cents, before and now. `now` is null if no price is
 * shown anymore.
 */
export type RunComparison = {
  found: number
  lastFound: number | null
  prices: readonly { before: number; now: number | null }[]
}

/**
 * Returns why a run is quarantined for a manager's decision, in one sentence; null if it is not.
 * Reasons: it found fewer than half of the cars of the last run, or more than 60% of the prices
 * changed or disappeared, so that prices may have moved elsewhere on the page.
 */
export function findQuarantineReason({ found, lastFound, prices }: RunComparison): string | null {
  if (lastFound !== null && found * 2 < lastFound)
    return (
      `This run found ${formatCount(found, 'car')}, fewer than half of the ${lastFound} cars in ` +
      'the last run. Nothing was changed.'
    )
  const moved = prices.filter(({ before, now }) => before !== now).length
  if (moved * 10 > prices.length * 6)
    return (
      `${moved} of ${prices.length} prices changed or disappeared since the last run: more ` +
      'than 60%. Nothing was changed.'
    )
  return null
}
