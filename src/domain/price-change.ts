/** Why the price of a car changed, with the labels of the panel. */
export const PRICE_CHANGE_REASONS = {
  edit: 'Edited',
  suggestion: 'Market suggestion',
  import: 'Import',
} as const

/** The reason for a change of a price. */
export type PriceChangeReason = keyof typeof PRICE_CHANGE_REASONS
