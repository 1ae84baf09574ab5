import { z } from 'zod'

/** How a bulk change computes prices, by the label of the panel. */
export const PRICE_RULES = {
  amount: 'By an amount',
  percent: 'By percent',
  percentOfMarket: 'Percent of the market price',
} as const

export type PriceRule = keyof typeof PRICE_RULES

const hundredths = (min: number, max: number) => z.number().min(min).max(max).multipleOf(0.01)

/**
 * A change of several prices: by an amount in the currency of the lot, by percent of each price, or
 * to a percentage of each market price; -5 percent makes cars 5 percent cheaper.
 */
export const BATCH_CHANGE = z.union([
  z.strictObject({ amount: hundredths(-1_000_000, 1_000_000) }),
  z.strictObject({ percent: hundredths(-90, 200) }),
  z.strictObject({ percentOfMarket: hundredths(10, 300) }),
])

export type BatchChange = z.output<typeof BATCH_CHANGE>

/** Which cars a bulk change covers: their IDs, or a filter as in GET /api/inventory. */
export type CarSelection = { ids?: readonly string[] | undefined; where?: unknown }

/** A bulk change as it is stored: its rule, and the amount or percentage. */
export function splitChange(change: BatchChange): { rule: PriceRule; value: number } {
  if ('amount' in change) return { rule: 'amount', value: change.amount }
  if ('percent' in change) return { rule: 'percent', value: change.percent }
  return { rule: 'percentOfMarket', value: change.percentOfMarket }
}

const DOLLAR = 100
const HUNDRED = 10_000
const NINETY_FIVE = 9_500

/**
 * Rounds cents to the nearest price that ends in 95 dollars, as dealers write prices: $23,612 is
 * $23,595 and $23,672 is $23,695. A price in the middle is rounded up ($24,045 is $24,095). The
 * lowest result is $95.
 */
export function roundTo95(cents: number): number {
  const hundreds = Math.round((cents - NINETY_FIVE) / HUNDRED)
  return Math.max(hundreds, 0) * HUNDRED + NINETY_FIVE
}

/**
 * Computes the new price of a car, in cents; null if the change needs a market price that the car
 * does not have. Percentages round to whole dollars, up from the middle; an amount keeps the cents.
 * The result may be 0 or less.
 */
export function computeBatchPrice(
  car: { cents: number; marketCents: number | null },
  change: BatchChange,
  { to95 }: { to95: boolean },
): number | null {
  const cents = applyChange(car, change)
  return cents !== null && to95 && cents > 0 ? roundTo95(cents) : cents
}

function applyChange(
  { cents, marketCents }: { cents: number; marketCents: number | null },
  change: BatchChange,
): number | null {
  if ('amount' in change) return cents + Math.round(change.amount * 100)
  if ('percent' in change) return computePercent(cents, 100 + change.percent)
  return marketCents === null ? null : computePercent(marketCents, change.percentOfMarket)
}

/** A percentage of cents with at most two decimal places, in whole dollars. Exact up to 2^53. */
const computePercent = (cents: number, percent: number): number =>
  Math.round((cents * Math.round(percent * 100)) / HUNDRED / DOLLAR) * DOLLAR
