import { formatMoney, type Money } from '../../../src/domain/money.ts'
import type { Figures } from './figures.ts'

/** The assessment of our price against the market. */
export type Recommendation = 'competitive' | 'high' | 'low' | 'insufficient_data'
/** How reliable the figures are; `none` if there are too few cars. */
export type Confidence = 'none' | 'low' | 'medium' | 'high'

/**
 * From which difference on a price is off the market, in percent of the expected price with at most
 * one decimal place, inclusive: up to the first it is in line, beyond the second far off.
 */
export type Bands = { inLinePercent: number; farPercent: number }

export type Verdict = {
  recommendation: Recommendation
  confidence: Confidence
  /**
   * Our price in percent of the expected price, with one decimal place; null without an expected
   * price.
   */
  priceToMarket: number | null
  /**
   * Our position by price among the comparables and our car, 1 being the cheapest; cars with the
   * same price share the better position.
   */
  rank: { position: number; of: number } | null
  /** The assessment in one or two sentences. */
  explanation: string
}

/** The minimum number of cars for a recommendation. */
export const MIN_CARS = 5
const MEDIUM_CARS = 15
const HIGH_CARS = 30
/**
 * The maximum difference from the expected price, in percent and inclusive, at which a price is
 * competitive.
 */
const BAND_PERCENT = 10

/**
 * Compares a price with the figures of the market, which are in the same currency. `figures` is
 * null if there are no cars.
 */
export function judgePrice(figures: Figures | null, price: Money): Verdict {
  const confidence = computeConfidence(figures?.sampleSize ?? 0)
  if (!figures || confidence === 'none') {
    const explanation =
      `${describeCarCount(figures?.sampleSize ?? 0)} like this one for sale; at least ` +
      `${MIN_CARS} are needed to estimate the market price.`
    return {
      recommendation: 'insufficient_data',
      confidence: 'none',
      priceToMarket: null,
      rank: null,
      explanation,
    }
  }
  const { cents } = price
  const { expectedCents, sampleSize, counted } = figures
  const recommendation = computeRecommendation(cents, expectedCents)
  const position = 1 + counted.filter((car) => car.cents < cents).length
  return {
    recommendation,
    confidence,
    priceToMarket: Math.round((cents * 1000) / expectedCents) / 10,
    rank: { position, of: sampleSize + 1 },
    explanation:
      `${describePosition(figures, price)}: ${MEANING[recommendation]}. ` +
      `${BASIS[confidence]}${describeOutliers(figures)}`,
  }
}

/** Returns the confidence for a number of cars. */
export function computeConfidence(cars: number): Confidence {
  if (cars < MIN_CARS) return 'none'
  if (cars < MEDIUM_CARS) return 'low'
  return cars < HIGH_CARS ? 'medium' : 'high'
}

/** Returns how far a price is above the expected price, in percent; negative if it is below. */
export const computePercentAbove = (cents: number, expectedCents: number): number =>
  ((cents - expectedCents) * 100) / expectedCents

/** Compares in whole numbers, so that exactly ten percent is within the band. */
function computeRecommendation(
  cents: number,
  expectedCents: number,
): Exclude<Recommendation, 'insufficient_data'> {
  const beyond = Math.abs(cents - expectedCents) * 100 > expectedCents * BAND_PERCENT
  if (!beyond) return 'competitive'
  return cents > expectedCents ? 'high' : 'low'
}

const MEANING: Readonly<Record<Exclude<Recommendation, 'insufficient_data'>, string>> = {
  competitive: 'the price is in line with the market',
  high: 'the price is high for the market',
  low: 'the price is low for the market',
}
const BASIS: Readonly<Record<Exclude<Confidence, 'none'>, string>> = {
  low: 'Low confidence: few cars to compare with.',
  medium: 'Medium confidence.',
  high: 'High confidence.',
}

function describePosition(
  { sampleSize, medianCents, expectedCents, centsPerMile }: Figures,
  { cents, currency }: Money,
): string {
  const [ours, median, expected] = [cents, medianCents, expectedCents].map((amount) =>
    formatMoney({ cents: amount, currency }),
  )
  const percent = Math.abs(computePercentAbove(cents, expectedCents)).toFixed(1)
  const difference =
    cents === expectedCents
      ? 'exactly'
      : `${percent}% ${cents > expectedCents ? 'above' : 'below'} ${expected},`
  const adjusted =
    centsPerMile === 0 ? '' : `, adjusted to this mileage (${median} before the adjustment)`
  return (
    `${ours} is ${difference} the median price of ` +
    `${describeCarCount(sampleSize)} like this one${adjusted}`
  )
}

const describeOutliers = ({ outliers }: Figures): string =>
  outliers === 0 ? '' : ` ${describeCarCount(outliers)} with outlying prices excluded.`

const describeCarCount = (count: number): string =>
  count === 0 ? 'No cars' : `${count.toLocaleString('en-US')} ${count === 1 ? 'car' : 'cars'}`
