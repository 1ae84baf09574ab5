import { formatMoney } from '../../../src/domain/money.ts'
import { roundEstimate, roundEstimateDown, roundEstimateUp } from './estimate.ts'
import type { Figures } from './figures.ts'
import { type Bands, hasEnoughCars } from './verdict.ts'

/** What a suggested price aims for, each with its label. */
export const GOALS = {
  fast: 'Sell fast',
  market: 'Market price',
  margin: 'Margin',
} as const

/** What a suggested price aims for: a fast sale, the market price, or a higher margin. */
export type Goal = keyof typeof GOALS

export type AdviceOptions = Bands & {
  goal: Goal
  /** What we paid; null if unknown, or if the reader may not know it. */
  costCents: number | null
  /** Whether the price may be below what we paid. */
  allowBelowCost: boolean
  currency: string
}

/** A suggested price, with the range that serves the goal as well. */
export type Suggestion = {
  cents: number
  lowCents: number
  highCents: number
  /** The price that the market alone suggests: lower than `cents` if our cost is in the way. */
  marketCents: number
  /** Whether the goal asks for a price further from the expected one than a price should be. */
  limited: boolean
  belowCost: boolean
}

/** A suggestion, and why it is this price, in a sentence or two. */
export type Advice = Suggestion & { sentence: string }

/** The figures that a suggestion is computed from; a stored analysis has them, too. */
export type PriceLevels = Pick<
  Figures,
  'expectedCents' | 'firstQuartileCents' | 'thirdQuartileCents'
>

type Bounds = { low: number; high: number }

/** Suggests a price for a goal, and says why. Null if there are too few cars. */
export function suggestPrice(figures: Figures | null, options: AdviceOptions): Advice | null {
  if (!hasEnoughCars(figures)) return null
  const suggestion = computeSuggestion(figures, options)
  return { ...suggestion, sentence: describeSuggestion(figures, suggestion, options) }
}

/**
 * Computes a price for a goal, in steps of fifty units: the first quartile of the adjusted prices,
 * the expected price, or the third quartile, within the far band around the expected price. Never
 * below cost, unless that is allowed.
 */
export function computeSuggestion(
  levels: PriceLevels,
  options: Omit<AdviceOptions, 'currency'>,
): Suggestion {
  const { goal, costCents, allowBelowCost, farPercent, inLinePercent } = options
  const limits = computeBounds(levels.expectedCents, farPercent)
  const clamp = (amount: number) => Math.min(limits.high, Math.max(limits.low, amount))
  const wanted = readTarget(levels, goal)
  const target = clamp(wanted)
  const marketCents = roundWithin(target, limits)
  const floor = costCents === null || allowBelowCost ? 0 : roundEstimateUp(costCents)
  const cents = Math.max(floor, marketCents)
  const band = computeBounds(target, inLinePercent)
  return {
    cents,
    lowCents: Math.min(cents, Math.max(floor, roundWithin(clamp(band.low), limits))),
    highCents: Math.max(cents, roundWithin(clamp(band.high), limits)),
    marketCents,
    limited: target !== wanted,
    belowCost: costCents !== null && cents < costCents,
  }
}

const computeBounds = (cents: number, percent: number): Bounds => ({
  low: cents * (1 - percent / 100),
  high: cents * (1 + percent / 100),
})

/** Rounds to fifty units, within bounds if these contain such an amount. */
function roundWithin(cents: number, { low, high }: Bounds): number {
  const rounded = roundEstimate(cents)
  const inward = rounded > high ? roundEstimateDown(high) : roundEstimateUp(low)
  if (rounded >= low && rounded <= high) return rounded
  return inward >= low && inward <= high && inward > 0 ? inward : rounded
}

function readTarget(
  { expectedCents, firstQuartileCents, thirdQuartileCents }: PriceLevels,
  goal: Goal,
): number {
  if (goal === 'fast') return Math.min(firstQuartileCents, expectedCents)
  return goal === 'margin' ? Math.max(thirdQuartileCents, expectedCents) : expectedCents
}

/** Describes how many comparable cars ask more than a price, adjusted to our car. */
function describeDearer({ counted }: Figures, cents: number): string {
  const dearer = counted.filter(({ adjustedCents }) => adjustedCents > cents).length
  const count = dearer === 0 ? 'none' : dearer
  return `${count} of ${counted.length} comparable cars ${dearer > 1 ? 'ask' : 'asks'} more`
}

function describeSuggestion(
  figures: Figures,
  suggestion: Suggestion,
  { costCents, currency, farPercent }: AdviceOptions,
): string {
  const { cents, marketCents, limited, belowCost } = suggestion
  const format = (amount: number) => formatMoney({ cents: amount, currency })
  const isAdjusted = figures.centsPerMile !== 0 || figures.centsPerYear !== 0
  const sentences = [
    limited
      ? `${format(marketCents)} is as far from the market price of ` +
        `${format(roundEstimate(figures.expectedCents))} as a price should be (${farPercent}%).`
      : `At ${format(marketCents)}, ${describeDearer(figures, marketCents)}` +
        `${isAdjusted ? ', adjusted to ours' : ''}.`,
  ]
  if (costCents !== null && belowCost)
    sentences.push(`This is below our cost of ${format(costCents)}.`)
  else if (costCents !== null && cents > marketCents)
    sentences.push(`Our cost is ${format(costCents)}, so ${format(cents)} is suggested.`)
  if (!figures.sameTrim)
    sentences.push('The compared cars are of all trims, so check the equipment.')
  return sentences.join(' ')
}
