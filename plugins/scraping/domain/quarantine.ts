/**
 * What is compared before a run is believed: how many cars the last one had, and what those that
 * are known asked before, in cents. `now` is null where no price is shown any more.
 */
export type RunComparison = {
  found: number
  lastFound: number | null
  prices: readonly { before: number; now: number | null }[]
}

/**
 * Why a run is not believed until a person looks at it, in a sentence; null when it is: fewer than
 * half of the cars of the last one, or more than 60 % of the prices moved or are gone: they may
 * stand elsewhere on the page now.
 */
export function findQuarantineReason({ found, lastFound, prices }: RunComparison): string | null {
  if (lastFound !== null && found * 2 < lastFound)
    return (
      `This run found ${found} cars, fewer than half of the ${lastFound} of the last run. ` +
      'Nothing was changed.'
    )
  const moved = prices.filter(({ before, now }) => before !== now).length
  if (moved * 10 > prices.length * 6)
    return (
      `${moved} of ${prices.length} prices changed or disappeared since the last run: more ` +
      'than 60%. Nothing was changed.'
    )
  return null
}
