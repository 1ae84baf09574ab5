import { amountToCents, centsToAmount, MAX_CENTS } from '../../domain/money.ts'
import { type BatchChange, computeBatchPrice } from './batch-price.ts'

/** The maximum number of cars whose prices one bulk change covers. */
export const MAX_BATCH = 1_000

/** A car as a bulk change needs it: amounts in cents, null if unknown. */
export type PricedCar = {
  id: string
  title: string
  stockNumber: string | null
  status: string
  cents: number
  costCents: number | null
  marketCents: number | null
}

/** One price that a bulk change sets, as decimals. Without a cost, there is no margin. */
export type BatchRow = {
  id: string
  title: string
  stockNumber: string | null
  oldPrice: number
  newPrice: number
  oldMargin: number | null
  margin: number | null
  marketPrice: number | null
  priceToMarket: number | null
  belowCost: boolean
}

/** A car whose price a bulk change leaves alone, and why. */
export type SkippedCar = { id: string; title: string; reason: string }

/** What a bulk change does to each car. */
export type BatchPlan = { rows: BatchRow[]; skipped: SkippedCar[] }

/**
 * Plans a bulk change: the new price of each car, in the given order. Sold cars, cars without a
 * market price that the change needs, and prices that stay the same or cannot be set are skipped.
 */
export function planBatch(
  cars: readonly PricedCar[],
  change: BatchChange,
  options: { to95: boolean },
): BatchPlan {
  const plan: BatchPlan = { rows: [], skipped: [] }
  for (const car of cars) {
    const cents = computeBatchPrice(car, change, options)
    const reason = findSkipReason(car, cents)
    if (cents === null || reason !== null)
      plan.skipped.push({ id: car.id, title: car.title, reason: reason ?? NO_MARKET })
    else plan.rows.push(buildRow(car, cents))
  }
  return plan
}

const NO_MARKET = 'has no market price'

function findSkipReason(car: PricedCar, cents: number | null): string | null {
  if (car.status === 'sold') return 'is sold'
  if (cents === null) return NO_MARKET
  if (cents <= 0) return 'would have a price of 0 or less'
  if (cents > MAX_CENTS) return 'would have a price that is too high'
  return cents === car.cents ? 'already has this price' : null
}

function buildRow(car: PricedCar, cents: number): BatchRow {
  const { id, title, stockNumber, costCents, marketCents } = car
  const toMargin = (price: number) => (costCents === null ? null : centsToAmount(price - costCents))
  return {
    id,
    title,
    stockNumber,
    oldPrice: centsToAmount(car.cents),
    newPrice: centsToAmount(cents),
    oldMargin: toMargin(car.cents),
    margin: toMargin(cents),
    marketPrice: marketCents === null ? null : centsToAmount(marketCents),
    priceToMarket: marketCents ? Math.round((cents * 1_000) / marketCents) / 10 : null,
    belowCost: costCents !== null && cents < costCents,
  }
}

/** A row of a preview, as a caller sends it back to apply it. */
export type ExpectedRow = Pick<BatchRow, 'id' | 'oldPrice' | 'newPrice'>

/**
 * Finds the cars of a preview that would get another price now, or none: they were changed, sold or
 * deleted since. Returns their titles, and a text for a car that no longer exists.
 */
export function findOutdatedRows(
  expected: readonly ExpectedRow[],
  { rows, skipped }: BatchPlan,
): string[] {
  const current = new Map(rows.map((row) => [row.id, row]))
  const titles = new Map([...rows, ...skipped].map(({ id, title }) => [id, title]))
  return expected
    .filter(({ id, oldPrice, newPrice }) => {
      const row = current.get(id)
      return !row || !isSameAmount(row.oldPrice, oldPrice) || !isSameAmount(row.newPrice, newPrice)
    })
    .map(({ id }) => titles.get(id) ?? `car ${id} (deleted)`)
}

const isSameAmount = (one: number, other: number) => amountToCents(one) === amountToCents(other)

/** Names the first of some cars for a message: `A, B, C and 7 more`. */
export function nameCars(titles: readonly string[], shown = 3): string {
  const rest = titles.length - shown
  const named = rest > 0 ? [...titles.slice(0, shown), `${rest} more`] : titles
  return new Intl.ListFormat('en-US', { type: 'conjunction' }).format(named)
}
