/** The number of past days whose sales count. */
export const SUPPLY_DAYS = 45

/**
 * How long the cars for sale last at the current pace of sales. `days` is null if it cannot be
 * computed, and `reason` says why, for people.
 */
export type DaysSupply = { days: number; reason: null } | { days: null; reason: string }

/**
 * Computes the market days supply: the number of cars for sale divided by the number of cars sold
 * per day in the past 45 days. `observedDays` is for how many days such cars have been recorded.
 */
export function computeDaysSupply({
  forSale,
  sold,
  observedDays,
}: {
  forSale: number
  sold: number
  observedDays: number
}): DaysSupply {
  if (observedDays < SUPPLY_DAYS)
    return {
      days: null,
      reason:
        `Such cars have been recorded for ${formatDays(observedDays)}; ${SUPPLY_DAYS} days are ` +
        'needed.',
    }
  if (sold === 0)
    return { days: null, reason: `No such car was sold in the past ${SUPPLY_DAYS} days.` }
  return { days: Math.round((forSale * SUPPLY_DAYS) / sold), reason: null }
}

const formatDays = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`
