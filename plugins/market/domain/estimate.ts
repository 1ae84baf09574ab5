import { formatMoney, type Money } from '../../../src/domain/money.ts'

/** Estimates are shown and suggested in steps of fifty units: cents would claim to know better. */
const STEP_CENTS = 5_000

/** Rounds an estimate to fifty units; at least fifty. */
export const roundEstimate = (cents: number): number =>
  Math.max(STEP_CENTS, Math.round(cents / STEP_CENTS) * STEP_CENTS)

/** Formats an estimate in steps of fifty units: `about $25,800` if it was rounded. */
export function formatEstimate({ cents, currency }: Money): string {
  const rounded = roundEstimate(cents)
  return `${rounded === cents ? '' : 'about '}${formatMoney({ cents: rounded, currency })}`
}

/** Rounds an amount up to fifty units. */
export const roundEstimateUp = (cents: number): number => Math.ceil(cents / STEP_CENTS) * STEP_CENTS

/** Rounds an amount down to fifty units. */
export const roundEstimateDown = (cents: number): number =>
  Math.floor(cents / STEP_CENTS) * STEP_CENTS
