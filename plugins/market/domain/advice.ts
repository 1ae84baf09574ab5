import { formatMoney } from '../../../src/domain/money.ts'
import { roundEstimate, roundEstimateDown, roundEstimateUp } from './estimate.ts'
import type { Figures } from './figures.ts'
import { type Bands, hasEnoughCars, rankAt } from './verdict.ts'

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
export type Advice = {
  cents: number
  lowCents: number
  highCents: number
  /** Why this price, in a sentence or two. */
  sentence: string
  belowCost: boolean
}

type Bounds = { low: number; high: number }

/**
 * Suggests a price for a goal, in steps of fifty units: the first quartile of the adjusted prices,
 * the expected price, or the third quartile, within the far band around the expected price. Never
 * below cost, unless that is allowed. Null if there are too few cars.
 */
export function suggestPrice(figures: Figures | null, options: AdviceOptions): Advice | null {
  if (!hasEnoughCars(figures)) return null
  const { costCents, allowBelowCost, farPercent, inLinePercent } = options
  const limits = computeBounds(figures.expectedCents, farPercent)
  const wanted = readTarget(figures, options.goal)
  const target = Math.min(limits.high, Math.max(limits.low, wanted))
  const marketPrice = roundWithin(target, limits)
  const costPrice = costCents === null ? 0 : roundEstimateUp(costCents)
  const isBelowCost = costCents !== null && marketPrice < costCents
  const cents = isBelowCost && !allowBelowCost ? costPrice : marketPrice
  const band = computeBounds(target, inLinePercent)
  const floor = allowBelowCost ? 0 : costPrice
  const clamp = (amount: number) =>
    Math.max(floor, roundWithin(Math.min(limits.high, Math.max(limits.low, amount)), limits))
  return {
    cents,
    lowCents: Math.min(cents, clamp(band.low)),
    highCents: Math.max(cents, clamp(band.high)),
    sentence: [
      describePrice(figures, options, { cents: marketPrice, limited: target !== wanted }),
      ...(isBelowCost ? [describeCost({ ...options, costCents }, cents)] : []),
      ...(figures.sameTrim ? [] : ['The compared cars are of all trims, so check the equipment.']),
    ].join(' '),
    belowCost: isBelowCost && allowBelowCost,
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

function readTarget(figures: Figures, goal: Goal): number {
  if (goal === 'fast') return Math.min(figures.firstQuartileCents, figures.expectedCents)
  if (goal === 'margin') return Math.max(figures.thirdQuartileCents, figures.expectedCents)
  return figures.expectedCents
}

const REASONS: Readonly<Record<Goal, string>> = {
  fast: 'three of four comparable cars ask more',
  market: 'half of the comparable cars ask more',
  margin: 'one of four comparable cars asks more',
}

function describePrice(
  figures: Figures,
  { goal, farPercent, currency }: AdviceOptions,
  { cents, limited }: { cents: number; limited: boolean },
): string {
  const { position, of } = rankAt(figures, cents)
  const adjusted =
    figures.centsPerMile === 0 && figures.centsPerYear === 0 ? '' : ', adjusted to ours'
  const why = limited
    ? `it is as far from the market price of ${formatEstimate(figures.expectedCents, currency)} ` +
      `as a price should be (${farPercent}%)`
    : `${REASONS[goal]}${adjusted}`
  return `At ${formatMoney({ cents, currency })}, ${why}; it ranks ${position} of ${of} by price.`
}

function describeCost(
  { costCents, allowBelowCost, currency }: AdviceOptions & { costCents: number },
  cents: number,
): string {
  const cost = formatMoney({ cents: costCents, currency })
  return allowBelowCost
    ? `This is below our cost of ${cost}.`
    : `Our cost is ${cost}, so ${formatMoney({ cents, currency })} is suggested.`
}

const formatEstimate = (cents: number, currency: string): string =>
  formatMoney({ cents: roundEstimate(cents), currency })
