import type { Goal } from './advice.ts'
import { type StoredLevels, suggestStoredPrice } from './decision.ts'
import { type Bands, computePercentAbove } from './verdict.ts'

/**
 * A car for sale with the market price of its last analysis. `before` are both prices at the start
 * of the period of a digest; null if they are unknown. Money in cents.
 */
export type AnalyzedCar = StoredLevels & {
  id: string
  title: string
  stockNumber: string | null
  cents: number
  expectedCents: number
  before: { cents: number; expectedCents: number } | null
}

/**
 * What to do about a price that is not in line with the market. `percent` is how far it is above
 * the market price, negative if below; `isNew` is whether that was not so at the start of the
 * period.
 */
export type PriceDecision = AnalyzedCar & {
  action: 'lower' | 'raise'
  /** Null if the price is kept. */
  suggestedCents: number | null
  /** Whether our cost is the reason why the suggestion is above what the market suggests. */
  isLimitedByCost: boolean
  /**
   * Why the price is kept: our cost does not allow a better one, or it suits the goal, which may
   * aim higher or lower than the market price. Null if it is not.
   */
  kept: 'cost' | 'goal' | null
  percent: number
  isNew: boolean
}

/**
 * Decides what to do about the price of a car, as the list of decisions suggests it; null if it is
 * in line with the market.
 */
export function decidePrice(
  car: AnalyzedCar,
  { bands, goal }: { bands: Bands; goal: Goal },
): PriceDecision | null {
  const { inLinePercent } = bands
  const { before, cents, expectedCents } = car
  const action = findAction(cents, expectedCents, inLinePercent)
  if (action === null) return null
  const suggestion = suggestStoredPrice(car, { bands, goal })
  const isBetter = (suggested: number) =>
    action === 'lower' ? suggested < cents : suggested > cents
  const suggestedCents = suggestion?.cents ?? expectedCents
  const marketCents = suggestion?.marketCents ?? expectedCents
  const kept = isBetter(suggestedCents) ? null : isBetter(marketCents) ? 'cost' : 'goal'
  const previous = before && findAction(before.cents, before.expectedCents, inLinePercent)
  return {
    ...car,
    action,
    suggestedCents: kept === null ? suggestedCents : null,
    isLimitedByCost: kept === null && suggestedCents > marketCents,
    kept,
    percent: computePercentAbove(cents, expectedCents),
    isNew: action !== previous,
  }
}

/** Compares without division, so that exactly the limit is in line. */
function findAction(
  cents: number,
  expectedCents: number,
  inLinePercent: number,
): PriceDecision['action'] | null {
  if (Math.abs(cents - expectedCents) * 100 <= expectedCents * inLinePercent) return null
  return cents > expectedCents ? 'lower' : 'raise'
}
