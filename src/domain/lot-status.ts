/** The status of a car on the lot. Only available cars are shown to the public. */
export type LotStatus = 'available' | 'pending' | 'hold' | 'sold'

/**
 * The statuses that each status can change to. A sale that falls through makes the car available
 * again.
 */
const MOVES: Readonly<Record<LotStatus, readonly LotStatus[]>> = {
  available: ['pending', 'hold', 'sold'],
  pending: ['available', 'hold', 'sold'],
  hold: ['available', 'pending', 'sold'],
  sold: ['available'],
}

const CHOICES = new Intl.ListFormat('en-US', { type: 'disjunction' })

/**
 * Explains why a car may not change from one status to another, and lists the allowed changes; null
 * if it may, or if the status stays the same.
 */
export function findMoveProblem(from: LotStatus, to: LotStatus): string | null {
  if (from === to || MOVES[from].includes(to)) return null
  return `cannot change from ${from} to ${to}, only to ${CHOICES.format(MOVES[from])}`
}
