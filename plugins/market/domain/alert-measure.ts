import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoney, type Money } from '../../../src/domain/money.ts'
import { formatEstimate, roundEstimate } from './estimate.ts'
import type { Figures } from './figures.ts'
import { computePercentAbove, type Verdict } from './verdict.ts'

/** The types of alerts with a measure. */
type MeasuredType =
  'overpriced' | 'underpriced' | 'competitor_undercut' | 'market_moved' | 'supply_moved' | 'stale'

/**
 * The car that a rule is evaluated for, and its market, in the currency of its price. `baseline` is
 * an earlier market of the car, for rules about changes; null if there is none.
 */
export type Situation = {
  car: Money & { title: string; listedAt: string | null }
  figures: Figures | null
  verdict: Verdict
  baseline: Baseline | null
  now: Date
}

/** An earlier market of a car: the median price and the number of comparable cars for sale. */
export type Baseline = {
  medianCents: number
  supply: number | null
  recordedAt: string
}

/**
 * What a rule measures: the amount that its threshold applies to, in percent or days; the
 * difference in percent, negative if something fell, null for a measure in days; and a sentence.
 */
type Measure = {
  amount: number
  percent: number | null
  description: string
}

/** A situation with enough comparable cars. */
type MarketSituation = Situation & { figures: Figures }

const DAY_MS = 86_400_000

/** Measures the cause of a type of alert; null if there is nothing to measure. */
export function measureCause(type: MeasuredType, situation: Situation): Measure | null {
  if (type === 'stale') return measureDays(situation)
  const { figures } = situation
  if (!figures || situation.verdict.recommendation === 'insufficient_data') return null
  const market = { ...situation, figures }
  switch (type) {
    case 'overpriced':
      return measurePrice(market, 1)
    case 'underpriced':
      return measurePrice(market, -1)
    case 'competitor_undercut':
      return measureUndercut(market)
    case 'market_moved':
      return measureMedian(market)
    case 'supply_moved':
      return measureSupply(market)
  }
}

/** The number of comparable cars for sale, including those with outlying prices. */
export const countSupply = ({ sampleSize, outliers }: Figures): number => sampleSize + outliers

/** Measures how far our price is above the market (`sign` is 1) or below it (-1). */
function measurePrice({ car, figures }: MarketSituation, sign: 1 | -1): Measure {
  const { expectedCents } = figures
  const percent = sign * computePercentAbove(car.cents, expectedCents)
  const ours = formatMoney(car)
  const expected = formatEstimate({ cents: expectedCents, currency: car.currency })
  const description =
    `${ours} is ${percent.toFixed(1)}% ${sign === 1 ? 'above' : 'below'} the market price of ` +
    `${expected}.`
  return { amount: percent, percent, description }
}

function measureUndercut({ car, figures }: MarketSituation): Measure {
  const { cents: theirCents, adjustedCents, dealer } = findCheapest(figures)
  const percent = ((car.cents - adjustedCents) * 100) / car.cents
  const format = (cents: number) => formatMoney({ cents, currency: car.currency })
  const estimate = format(roundEstimate(adjustedCents))
  const adjusted = theirCents === adjustedCents ? '' : `, about ${estimate} at our mileage`
  const description =
    `${dealer ?? 'Another seller'} is asking ${format(theirCents)}${adjusted}, ` +
    `${percent.toFixed(1)}% less than our ${format(car.cents)}.`
  return { amount: percent, percent, description }
}

/**
 * Finds the cheapest car after adjusting prices to our mileage: a car with far more miles does not
 * undercut ours.
 */
function findCheapest({ counted }: Figures): Figures['counted'][number] {
  return counted.reduce((cheapest, car) =>
    car.adjustedCents < cheapest.adjustedCents ? car : cheapest,
  )
}

function measureMedian({ baseline, car, figures }: MarketSituation): Measure | null {
  if (!baseline) return null
  const { change, percent } = measureChange(baseline.medianCents, figures.medianCents)
  const [before, now] = [baseline.medianCents, figures.medianCents].map((cents) =>
    formatMoney({ cents, currency: car.currency }),
  )
  const description =
    `the median price of comparable cars ${change} since ${formatDay(baseline.recordedAt)}, ` +
    `from ${before} to ${now}.`
  return { amount: Math.abs(percent), percent, description }
}

function measureSupply({ baseline, figures }: MarketSituation): Measure | null {
  if (!baseline?.supply) return null
  const supply = countSupply(figures)
  const { change, percent } = measureChange(baseline.supply, supply)
  const description =
    `the number of comparable cars for sale ${change} since ${formatDay(baseline.recordedAt)}, ` +
    `from ${baseline.supply} to ${supply}.`
  return { amount: Math.abs(percent), percent, description }
}

/** Measures a change in percent, and describes it: `rose 6.0%`. */
function measureChange(before: number, now: number): { change: string; percent: number } {
  const percent = ((now - before) * 100) / before
  const change = `${percent < 0 ? 'fell' : 'rose'} ${Math.abs(percent).toFixed(1)}%`
  return { change, percent }
}

/** Measures for how many whole days our car has been for sale; null if it was never listed. */
function measureDays({ car: { listedAt }, now }: Situation): Measure | null {
  if (listedAt === null) return null
  const days = Math.floor((now.getTime() - Date.parse(listedAt)) / DAY_MS)
  const description = `for sale for ${formatCount(days, 'day')}, since ${formatDay(listedAt)}.`
  return { amount: days, percent: null, description }
}

const formatDay = (instant: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(instant),
  )
