import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoney, type Money } from '../../../src/domain/money.ts'
import { roundEstimate } from './estimate.ts'
import { countFound, type Figures } from './figures.ts'

/** The assessment of our price against the market. */
export type Recommendation =
  'competitive' | 'slightly_high' | 'slightly_low' | 'high' | 'low' | 'insufficient_data'
/** How reliable the figures are; `none` if there are too few cars. */
export type Confidence = 'none' | 'low' | 'medium' | 'high'

/**
 * From which difference on a price is off the market, in percent of the expected price with at most
 * one decimal place, inclusive: up to the first it is in line, beyond the second far off.
 */
export type Bands = { inLinePercent: number; farPercent: number }

/** What a verdict says besides the figures. */
export type VerdictContext = {
  bands: Bands
  /** Which cars were compared, in words; null if unknown. */
  tier: string | null
  /** The number of cars that were left out because a source has not seen them for too long. */
  old: number
}

export type Verdict = {
  recommendation: Recommendation
  confidence: Confidence
  /**
   * Our price in percent of the expected price, with one decimal place; null without an expected
   * price.
   */
  priceToMarket: number | null
  /** Our position among the comparables and our car; null with too few cars. */
  rank: Rank | null
  /** The assessment in a few sentences. */
  explanation: string
}

/**
 * A position by price, 1 being the cheapest; cars with the same price share the better position.
 */
export type Rank = { position: number; of: number }

/** The minimum number of cars for a recommendation. */
export const MIN_CARS = 5
const MEDIUM_CARS = 15
const HIGH_CARS = 30
/** The widest interval of a medium and of a high confidence, in percent of the expected price. */
const MEDIUM_WIDTH_PERCENT = 20
const HIGH_WIDTH_PERCENT = 10
/** Up to how many outlying prices a sentence names. */
const MAX_NAMED_PRICES = 3

/**
 * Compares a price with the figures of the market, which are in the same currency. `figures` is
 * null if there are no cars.
 */
export function judgePrice(
  figures: Figures | null,
  price: Money,
  context: VerdictContext,
): Verdict {
  const found = countFound(figures)
  if (!hasEnoughCars(figures)) {
    const explanation =
      `${capitalize(describeCarsForSale(found))}${describeTier(context)}; at least ${MIN_CARS} ` +
      `are needed to estimate the market price.${describeOld(context)}`
    return {
      recommendation: 'insufficient_data',
      confidence: 'none',
      priceToMarket: null,
      rank: null,
      explanation,
    }
  }
  const { cents, currency } = price
  const recommendation = computeRecommendation(cents, figures.expectedCents, context.bands)
  const confidence = computeConfidence(figures)
  return {
    recommendation,
    confidence,
    priceToMarket: Math.round((cents * 1000) / figures.expectedCents) / 10,
    rank: rankAt(figures, cents),
    explanation:
      `${describePosition(figures, price, context)}: ${MEANING[recommendation]}. ` +
      describeConfidence(figures, confidence) +
      describeOutliers(figures, currency) +
      describeOld(context),
  }
}

/**
 * Whether there are enough cars for a recommendation. Excluding outliers never makes them too few:
 * of eight cars or more, at least five remain.
 */
export const hasEnoughCars = (figures: Figures | null): figures is Figures =>
  figures !== null && figures.sampleSize >= MIN_CARS

/** The position that a price has among the comparables without outliers and our car. */
export const rankAt = ({ counted, sampleSize }: Figures, cents: number): Rank => ({
  position: 1 + counted.filter((car) => car.cents < cents).length,
  of: sampleSize + 1,
})

/**
 * Returns how reliable figures are: by the number of cars and the width of the interval, and low
 * unless all cars have our trim.
 */
export function computeConfidence(figures: Figures | null): Confidence {
  if (!hasEnoughCars(figures)) return 'none'
  const { sampleSize, sameTrim } = figures
  const width = computeWidthPercent(figures)
  if (!sameTrim || sampleSize < MEDIUM_CARS || width > MEDIUM_WIDTH_PERCENT) return 'low'
  return sampleSize < HIGH_CARS || width > HIGH_WIDTH_PERCENT ? 'medium' : 'high'
}

/** The width of the interval in percent of the expected price; infinite without an interval. */
const computeWidthPercent = ({ interval, expectedCents }: Figures): number =>
  interval ? ((interval.highCents - interval.lowCents) * 100) / expectedCents : Infinity

/** Returns how far a price is above the expected price, in percent; negative if it is below. */
export const computePercentAbove = (cents: number, expectedCents: number): number =>
  ((cents - expectedCents) * 100) / expectedCents

/** Compares in whole numbers, so that exactly the percentage of a band is within it. */
export function computeRecommendation(
  cents: number,
  expectedCents: number,
  { inLinePercent, farPercent }: Bands,
): Exclude<Recommendation, 'insufficient_data'> {
  const isBeyond = (percent: number) =>
    Math.abs(cents - expectedCents) * 1000 > expectedCents * Math.round(percent * 10)
  if (!isBeyond(inLinePercent)) return 'competitive'
  const isHigh = cents > expectedCents
  if (!isBeyond(farPercent)) return isHigh ? 'slightly_high' : 'slightly_low'
  return isHigh ? 'high' : 'low'
}

const MEANING: Readonly<Record<Exclude<Recommendation, 'insufficient_data'>, string>> = {
  competitive: 'the price is in line with the market',
  slightly_high: 'the price is slightly high for the market',
  slightly_low: 'the price is slightly low for the market',
  high: 'the price is high for the market',
  low: 'the price is low for the market',
}

function describeConfidence(figures: Figures, confidence: Confidence): string {
  if (confidence === 'high') return 'High confidence.'
  if (confidence === 'medium') return 'Medium confidence.'
  if (!figures.sameTrim) return 'Low confidence: the cars are of all trims.'
  const isWide = computeWidthPercent(figures) > MEDIUM_WIDTH_PERCENT
  if (figures.sampleSize >= MEDIUM_CARS) return 'Low confidence: the prices differ a lot.'
  return `Low confidence: few cars to compare with${isWide ? ', at very different prices' : ''}.`
}

/** An adjusted price is an estimate, so it is rounded; a plain median is a price as it is. */
function describePosition(
  { sampleSize, medianCents, expectedCents, centsPerMile, centsPerYear }: Figures,
  { cents, currency }: Money,
  context: VerdictContext,
): string {
  const format = (amount: number) => formatMoney({ cents: amount, currency })
  const what = [
    ...(centsPerMile === 0 ? [] : ['mileage']),
    ...(centsPerYear === 0 ? [] : ['year']),
  ].join(' and ')
  const shown =
    what === '' ? format(expectedCents) : `about ${format(roundEstimate(expectedCents))}`
  const percent = Math.abs(computePercentAbove(cents, expectedCents)).toFixed(1)
  const difference =
    cents === expectedCents
      ? 'exactly'
      : `${percent}% ${cents > expectedCents ? 'above' : 'below'} ${shown},`
  const adjusted =
    what === '' ? '' : `, adjusted to this ${what} (${format(medianCents)} before the adjustment)`
  return (
    `${format(cents)} is ${difference} the median price of ${describeCarCount(sampleSize)} like ` +
    `this one${describeTier(context)}${adjusted}`
  )
}

/** `no cars like this one are for sale`, `only 1 car like this one is for sale`. */
export const describeCarsForSale = (count: number): string =>
  `${count === 0 ? 'no cars' : `only ${formatCount(count, 'car')}`} like this one ` +
  `${count === 1 ? 'is' : 'are'} for sale`

const capitalize = (sentence: string): string =>
  sentence.charAt(0).toUpperCase() + sentence.slice(1)

const describeTier = ({ tier }: VerdictContext): string => (tier === null ? '' : ` (${tier})`)

/** Names the outliers, and of how many cars they are. */
function describeOutliers(figures: Figures, currency: string): string {
  const { excluded } = figures
  if (excluded.length === 0) return ''
  const prices = excluded.map(({ cents }) => formatMoney({ cents, currency }))
  const one = excluded.length === 1
  const list = new Intl.ListFormat('en-US', { type: 'conjunction' })
  const named =
    excluded.length <= MAX_NAMED_PRICES
      ? list.format(prices)
      : `from ${prices[0]} to ${prices.at(-1)}`
  return (
    ` ${excluded.length} of ${describeCarCount(countFound(figures))} ${one ? 'is' : 'are'} left ` +
    `out because ${one ? 'its price is' : 'their prices are'} far from the others: ${named}.`
  )
}

const describeOld = ({ old }: VerdictContext): string =>
  old === 0
    ? ''
    : ` ${describeCarCount(old)} ${old === 1 ? 'was' : 'were'} left out because the source has ` +
      `not seen ${old === 1 ? 'it' : 'them'} for too long.`

const describeCarCount = (count: number): string =>
  count === 0 ? 'No cars' : formatCount(count, 'car')
