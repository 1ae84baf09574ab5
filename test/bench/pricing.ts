import { median, sampleStandardDeviation, sampleWithReplacement } from 'simple-statistics'
import { adjustPrice, estimateAdjustment } from '../../plugins/market/domain/adjustment.ts'
import { analyzeCar } from '../../plugins/market/domain/analysis.ts'
import type { Figures } from '../../plugins/market/domain/figures.ts'
import { computeMedianBounds, computeSingleBounds } from '../../plugins/market/domain/interval.ts'
import type { Comparable, Listing, Subject } from '../../plugins/market/domain/listing.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import { predictHedonic } from './hedonic.ts'
import { generateMarket, type HiddenMarket } from './hidden-markets.ts'
import { computeMedian } from './measure.ts'
import { createRandom } from './random.ts'
import { generateSales, type Sale } from './sold-histories.ts'

/** How this bench is named on the command line. */
export const PRICING = 'pricing'

const MARKETS = 3_000
/** A bootstrap refits every resample, so it is tried on fewer markets. */
const BOOTSTRAP_MARKETS = 400
const RESAMPLES = 200
const HISTORIES = 150
const LEVEL = 0.9
/** How far the coverage of an interval may be from its level. */
const TOLERANCE = 0.03
/** Markets of the bench; the specs use others. */
const FIRST_MARKET = 1_000_000

type Figure = { name: string; of: string; to: string; figure: number; min?: number }
type Print = (line: string) => void

/** One estimate of a price that is known, as shares of it. */
type Result = { group: string; error: number; isCovered: boolean | null; width: number }
type Estimate = { cents: number; low: number; high: number }

/**
 * How right prices are: estimates of markets whose laws are known, and of what cars asked at last
 * before they were sold; beside a plain median and a hedonic regression.
 */
export function benchPricing(print: Print): Figure[] {
  const markets = Array.from({ length: MARKETS }, (_, index) =>
    generateMarket(FIRST_MARKET + index),
  )
  print(`\nExpected price of ${MARKETS} hidden markets (errors in % of the true price)`)
  printHead(print)
  const ours = markets.flatMap((market) => estimateOurs(market) ?? [])
  printGroups(print, ours)
  const plain = markets.flatMap(estimatePlain)
  printResults(print, 'plain median, same year', plain)
  printHedonic(print, markets)
  printMethods(print, markets)
  const sold = benchSales(print)
  return [
    buildCoverageFigure('hidden markets', ours),
    buildErrorFigure('hidden markets', ours, plain),
    buildCoverageFigure('sold cars', sold.ours),
    buildErrorFigure('sold cars', sold.ours, sold.plain),
  ]
}

/** The regression, and ours on the markets where it has an answer: those whose trims are known. */
function printHedonic(print: Print, markets: readonly HiddenMarket[]): void {
  const both = markets.flatMap((market) => {
    const [hedonic, ours] = [estimateHedonic(market), estimateOurs(market)]
    return hedonic && ours ? [{ hedonic, ours }] : []
  })
  printResults(
    print,
    'hedonic regression',
    both.map(({ hedonic }) => hedonic),
  )
  printResults(
    print,
    'ours, on the same markets',
    both.map(({ ours }) => ours),
  )
}

/** At least 1 where a coverage is within its tolerance. */
function buildCoverageFigure(name: string, results: readonly Result[]): Figure {
  const apart = Math.abs(computeCoverage(results) - LEVEL)
  return {
    name: `pricing.${name}: 3 points / off 90 %`,
    of: name,
    to: name,
    figure: Math.min(99, TOLERANCE / apart),
    min: 1,
  }
}

/** At least 1 where our error is not greater than that of a plain median. */
const buildErrorFigure = (
  name: string,
  ours: readonly Result[],
  plain: readonly Result[],
): Figure => ({
  name: `pricing.${name}: plain / our error`,
  of: name,
  to: name,
  figure: computeError(plain) / computeError(ours),
  min: 1,
})

/**
 * The last asking prices of sold cars, each judged by the market of its day without it. Cars that
 * sell ask less than those that stand, so the first half of the histories says by how much, and the
 * second half is judged. What is covered is a single sale: the interval is a prediction by
 * Student's t from the spread of the adjusted prices, not the interval of the expected price.
 */
function benchSales(print: Print): { ours: Result[]; plain: Result[] } {
  const histories = Array.from({ length: HISTORIES }, (_, index) =>
    generateSales(FIRST_MARKET + index),
  )
  const [known, judged] = [
    histories.slice(0, HISTORIES / 2).flat(),
    histories.slice(HISTORIES / 2).flat(),
  ]
  const discount = computeMedian(
    known.flatMap((sale) => estimateSale(sale, 0) ?? []).map(({ error }) => error),
  )
  print(
    `\nLast asking price of ${judged.length} sold cars (interval of a single sale; estimates are ` +
      `${(discount * 100).toFixed(1)} % above what ${known.length} other sold cars asked)`,
  )
  printHead(print)
  const ours = judged.flatMap((sale) => estimateSale(sale, discount) ?? [])
  printGroups(print, ours)
  const asMarkets = judged.map(({ lastAsk: truth, ...sale }) => ({ ...sale, truth }))
  const plain = asMarkets.flatMap(estimatePlain)
  printResults(print, 'plain median, same year', plain)
  printResults(
    print,
    'hedonic regression',
    asMarkets.flatMap((sale) => estimateHedonic(sale) ?? []),
  )
  return { ours, plain }
}

/** The analysis of a car as the product makes it, where every search finds all that fits. */
function analyze(subject: Subject, listings: Listing[]) {
  const collected = buildSearches(subject).map((search) => ({
    search,
    found: { listings, complete: true, notes: [] },
  }))
  return analyzeCar({ ...subject, cents: 1 }, collected, {
    own: new Set<string>(),
    since: null,
    trimNames: [],
    currency: 'USD',
    bands: { inLinePercent: 3, farPercent: 7 },
  })
}

const SIZES = [5, 8, 15, 30]

function describeGroup({ sameTrim, sampleSize }: Figures): string {
  const index = SIZES.findLastIndex((size) => sampleSize >= size)
  const to = SIZES[index + 1]
  const cars = to === undefined ? `${SIZES[index]} or more` : `${SIZES[index]} to ${to - 1}`
  return `${sameTrim ? 'same trim' : 'all trims'}, ${cars} cars`
}

function toResult(group: string, truth: number, { cents, low, high }: Estimate): Result {
  return {
    group,
    error: cents / truth - 1,
    isCovered: low <= truth && truth <= high,
    width: (high - low) / cents,
  }
}

function estimateOurs({ subject, listings, truth }: HiddenMarket): Result | null {
  const { figures } = analyze(subject, listings)
  if (!figures?.interval) return null
  const { lowCents: low, highCents: high } = figures.interval
  return toResult(describeGroup(figures), truth, { cents: figures.expectedCents, low, high })
}

/** The prediction of a single sale; null with too few cars. */
function estimateSale(sale: Sale, discount: number): Result | null {
  const { figures } = analyze(sale.subject, sale.listings)
  if (!figures?.interval) return null
  const prices = figures.counted.map(({ adjustedCents }) => adjustedCents)
  const { doubtCents } = estimateAdjustment(figures.counted, sale.subject)
  const spread = sampleStandardDeviation(prices) * Math.sqrt(1 + 1 / prices.length)
  const margin = Math.hypot(computeStudentQuantile(prices.length - 1) * spread, doubtCents)
  const cents = figures.expectedCents / (1 + discount)
  const bounds = { low: cents - margin, high: cents + margin }
  return toResult(describeGroup(figures), sale.lastAsk, { cents, ...bounds })
}

/** The 95 % quantile of Student's t, by its expansion around the normal one (Fisher, 1926). */
function computeStudentQuantile(freedom: number): number {
  const z = 1.6449
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  )
}

/** The median of all cars of the year, as the simplest tool shows it; it has no interval. */
function estimatePlain({ subject, listings, truth }: HiddenMarket): Result[] {
  const prices = listings.flatMap(({ year, cents }) => (year === subject.year ? (cents ?? []) : []))
  if (prices.length < 5) return []
  return [{ group: 'plain', error: median(prices) / truth - 1, isCovered: null, width: NaN }]
}

function estimateHedonic({ subject, listings, truth }: HiddenMarket): Result | null {
  const prediction = predictHedonic(listings, subject)
  return prediction && toResult('hedonic', truth, prediction)
}

/** Other methods for the interval of the same estimates, of cars of our trim. */
function printMethods(print: Print, markets: readonly HiddenMarket[]): void {
  const samples = markets.slice(0, BOOTSTRAP_MARKETS).flatMap(({ subject, listings, truth }) => {
    const { figures } = analyze(subject, listings)
    return figures?.sameTrim && figures.interval ? [{ subject, truth, figures }] : []
  })
  const estimate = (method: (figures: Figures, subject: Subject) => Estimate) =>
    samples.map(({ subject, truth, figures }) => toResult('', truth, method(figures, subject)))
  print(`\nMethods for the interval, on ${samples.length} samples of our trim`)
  printHead(print)
  printResults(print, 'ranks and doubt about slopes', estimate(takeInterval))
  printResults(print, 'ranks alone', estimate(takeRanks))
  printResults(print, 'bootstrap of the median', estimate(bootstrap))
}

const takeInterval = ({ expectedCents: cents, interval }: Figures): Estimate => ({
  cents,
  low: interval?.lowCents ?? NaN,
  high: interval?.highCents ?? NaN,
})

const takeRanks = ({ expectedCents: cents, counted }: Figures): Estimate => ({
  cents,
  ...computeMedianBounds(
    counted.map((car) => car.adjustedCents).toSorted((one, other) => one - other),
  ),
})

/** The percentiles of the expected prices of resamples, each with its own slopes. */
function bootstrap({ counted, expectedCents: cents }: Figures, subject: Subject): Estimate {
  const random = createRandom(counted.length)
  const cars: Comparable[] = counted
  const expected = Array.from({ length: RESAMPLES }, () => {
    const resample = sampleWithReplacement(cars, cars.length, random.share)
    const adjustment = estimateAdjustment(resample, subject)
    return median(resample.map((car) => adjustPrice(car, subject, adjustment)))
  })
  return { cents, ...computeSingleBounds(expected.toSorted((one, other) => one - other)) }
}

const computeError = (results: readonly Result[]): number =>
  computeMedian(results.map(({ error }) => Math.abs(error)))

const computeCoverage = (results: readonly Result[]): number =>
  results.filter(({ isCovered }) => isCovered).length / results.length

function printGroups(print: Print, results: readonly Result[]): void {
  for (const group of [...new Set(results.map((one) => one.group))].sort())
    printResults(
      print,
      `  ${group}`,
      results.filter((one) => one.group === group),
    )
  printResults(print, 'ours', results)
}

const COLUMNS = [34, 8, 14, 8, 18, 14]

const printRow = (print: Print, cells: readonly string[]): void =>
  print(
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(COLUMNS[index] ?? 0)))
      .join(''),
  )

const printHead = (print: Print): void =>
  printRow(print, ['', 'cars', 'median error', 'bias', 'coverage of 90 %', 'median width'])

function printResults(print: Print, name: string, results: readonly Result[]): void {
  const show = (share: number) => (Number.isFinite(share) ? (share * 100).toFixed(1) : '–')
  const isKnown = results.some(({ isCovered }) => isCovered !== null)
  printRow(print, [
    name,
    String(results.length),
    show(computeError(results)),
    show(computeMedian(results.map(({ error }) => error))),
    isKnown ? show(computeCoverage(results)) : '–',
    show(computeMedian(results.map(({ width }) => width))),
  ])
}
