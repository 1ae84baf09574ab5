import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { computeSuggestion, type Goal, type Suggestion } from './advice.ts'
import type { AlertType } from './alert.ts'
import { formatEstimate } from './estimate.ts'
import {
  type Bands,
  type Confidence,
  computePercentAbove,
  computeRecommendation,
  describeCarsForSale,
} from './verdict.ts'

/**
 * Why a car needs a decision. `high` and `low`: the price is far from the market; the `slightly_`
 * ones: less far; `undercut`, `moved` and `stale`: an alert is open; `no_data`: there is no market
 * price; `outdated`: the market price is old.
 */
export const PROBLEMS = [
  'high',
  'low',
  'undercut',
  'moved',
  'slightly_high',
  'slightly_low',
  'stale',
  'no_data',
  'outdated',
] as const

/** One of the problems. */
export type Problem = (typeof PROBLEMS)[number]

/** The problem that an open alert of a type means; the other types repeat what the price says. */
export const ALERT_PROBLEMS = {
  competitor_undercut: 'undercut',
  market_moved: 'moved',
  supply_moved: 'moved',
  stale: 'stale',
} as const satisfies Partial<Record<AlertType, Problem>>

/** A car that needs a decision, as its last analysis and its open alerts describe it. */
export type OpenDecision = {
  id: string
  title: string
  cents: number
  miles: number
  stockNumber: string | null
  daysOnLot: number | null
  /** What we paid; null if unknown. */
  costCents: number | null
  problem: Problem
  /** The messages of the open alerts, the most important one first. */
  alerts: readonly string[]
  /** The market price of such a car; null if it is unknown, as are the quartiles then. */
  expectedCents: number | null
  firstQuartileCents: number | null
  thirdQuartileCents: number | null
  confidence: Confidence
  sampleSize: number | null
  /** The number of comparable cars that cost less. */
  cheaper: number
  analysedAt: string | null
}

/** What a stored analysis and its car say about the price to suggest. */
export type StoredLevels = Pick<
  OpenDecision,
  'costCents' | 'expectedCents' | 'firstQuartileCents' | 'thirdQuartileCents'
>

/**
 * Suggests a price from a stored analysis; null without an expected price. Without quartiles, every
 * goal gets the expected price.
 */
export function suggestStoredPrice(
  { costCents, expectedCents, firstQuartileCents, thirdQuartileCents }: StoredLevels,
  { bands, goal }: { bands: Bands; goal: Goal },
): Suggestion | null {
  if (expectedCents === null) return null
  const levels = {
    expectedCents,
    firstQuartileCents: firstQuartileCents ?? expectedCents,
    thirdQuartileCents: thirdQuartileCents ?? expectedCents,
  }
  return computeSuggestion(levels, { ...bands, goal, costCents, allowBelowCost: false })
}

const PRICE_PROBLEMS: readonly Problem[] = ['high', 'low', 'slightly_high', 'slightly_low']

/**
 * Whether a price that is off the market serves the goal as well as the suggested one. A goal may
 * aim higher or lower than the market price. Where our cost raises the suggestion, the cost is the
 * reason instead.
 */
export const suitsGoal = (
  { cents, problem }: Pick<OpenDecision, 'cents' | 'problem'>,
  suggestion: Suggestion | null,
): boolean =>
  suggestion !== null &&
  suggestion.cents <= suggestion.marketCents &&
  PRICE_PROBLEMS.includes(problem) &&
  cents >= suggestion.lowCents &&
  cents <= suggestion.highCents

/**
 * Describes what is wrong with a car, in one to four sentences: what an open alert says, how the
 * price compares with the market, and why more than the market price is suggested or the price is
 * kept.
 */
export function describeDecision(
  decision: OpenDecision,
  { currency, bands }: { currency: string; bands: Bands },
  suggestion: Suggestion | null,
): string {
  const { costCents, problem, title } = decision
  const alerts = decision.alerts.map((message) => removeTitle(message, title))
  const position = describePosition(decision, currency, bands)
  const reason = suitsGoal(decision, suggestion)
    ? 'It suits the goal of our prices.'
    : describeCost(costCents, currency, suggestion)
  return [...orderSentences(problem, decision, { alerts, position }), reason ?? '']
    .filter(Boolean)
    .map(capitalize)
    .join(' ')
}

/** What is wrong comes first. The days since the alert about a car that stands are out of date. */
function orderSentences(
  problem: Problem,
  { daysOnLot }: OpenDecision,
  { alerts, position }: { alerts: readonly string[]; position: string },
): string[] {
  if (problem === 'outdated')
    return ['It has not been compared with the market for a week or more.', ...alerts]
  if (problem === 'stale')
    return [`It has been on the lot for ${formatCount(daysOnLot ?? 0, 'day')}.`, position]
  const isAlert = problem === 'undercut' || problem === 'moved'
  return isAlert ? [...alerts, position] : [position, ...alerts]
}

/** Describes why the suggestion is above the market price; null if it is not. */
function describeCost(
  costCents: number | null,
  currency: string,
  suggestion: Suggestion | null,
): string | null {
  if (costCents === null || !suggestion || suggestion.cents <= suggestion.marketCents) return null
  const [cost, price] = [costCents, suggestion.cents].map((cents) =>
    formatMoney({ cents, currency }),
  )
  return `Our cost is ${cost}, so ${price} is suggested.`
}

/** Describes how the price compares with the market, or why nobody knows. */
function describePosition(decision: OpenDecision, currency: string, bands: Bands): string {
  const { analysedAt, cents, expectedCents, sampleSize } = decision
  if (expectedCents === null)
    return analysedAt === null
      ? 'It has never been compared with the market.'
      : `There is no market price: ${describeCarsForSale(sampleSize ?? 0)}.`
  const estimate = formatEstimate({ cents: expectedCents, currency })
  const percent = computePercentAbove(cents, expectedCents)
  const isInLine = computeRecommendation(cents, expectedCents, bands) === 'competitive'
  const compared = isInLine
    ? 'in line with'
    : `${Math.abs(percent).toFixed(1)}% ${percent > 0 ? 'above' : 'below'}`
  return `${formatMoney({ cents, currency })} is ${compared} the market price of ${estimate}.`
}

const capitalize = (sentence: string): string =>
  sentence.charAt(0).toUpperCase() + sentence.slice(1)

/** The message of an alert begins with the title of its car. */
const removeTitle = (message: string, title: string): string =>
  message.startsWith(`${title}: `) ? message.slice(title.length + 2) : message
