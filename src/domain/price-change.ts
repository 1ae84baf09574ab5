import { amountToCents } from './money.ts'

/** Why the price of a car changed, with the labels of the panel. */
export const PRICE_CHANGE_REASONS = {
  edit: 'Edited',
  suggestion: 'Market suggestion',
  import: 'Import',
  batch: 'Bulk change',
  undo: 'Bulk change undone',
} as const

/** The reason for a change of a price. */
export type PriceChangeReason = keyof typeof PRICE_CHANGE_REASONS

/**
 * What a caller that changes the price of a car knows about it. `expectedPrice`, a decimal, is the
 * price that the change is based on: if the car has another one, nothing is changed.
 */
export type PriceChangeContext = {
  reason?: PriceChangeReason | undefined
  note?: string | undefined
  expectedPrice?: number | undefined
}

/** Returns both prices in cents if a decimal price changes; null if it stays or one is unknown. */
export function findPriceChange(
  before: unknown,
  after: unknown,
): { fromCents: number; toCents: number } | null {
  if (typeof before !== 'number' || typeof after !== 'number') return null
  const [fromCents, toCents] = [amountToCents(before), amountToCents(after)]
  return fromCents === toCents ? null : { fromCents, toCents }
}
