/** Where a car of the lot stands. Only an available one is shown to the public. */
export type LotStatus = 'available' | 'pending' | 'hold' | 'sold'

/** Each status with the ones it may become. A sale that falls through puts the car back on show. */
const MOVES: Readonly<Record<LotStatus, readonly LotStatus[]>> = {
  available: ['pending', 'hold', 'sold'],
  pending: ['available', 'hold', 'sold'],
  hold: ['available', 'pending', 'sold'],
  sold: ['available'],
}

/**
 * Why a car may not move from one status to another, with the moves it may make; null when it may,
 * or stays.
 */
export function findMoveProblem(from: LotStatus, to: LotStatus): string | null {
  if (from === to || MOVES[from].includes(to)) return null
  return `a car that is ${from} cannot become ${to}; it can become ${MOVES[from].join(', ')}`
}
