import { findReadingConflict, type Reading, type ReadingConflict } from '../../domain/odometer.ts'

/** A new reading that does not fit the others of its vehicle, and its neighbors. */
export type HistoryConflict = { reading: Reading; conflict: ReadingConflict }

/** Readings farther apart than this cannot be of the same day anywhere. */
const WINDOW_MS = 4 * 86_400_000
/** A vehicle has fewer readings in that time; comparing each with all others would take minutes. */
const MAX_NEAR = 100

/**
 * Checks many new readings of a vehicle as if they were entered one after the other in the order of
 * their time: each must fit the existing ones and the new ones before it. One that does not fit is
 * left out, so that the others are not compared with it.
 */
export function findHistoryConflicts(
  added: readonly Reading[],
  existing: readonly Reading[],
): HistoryConflict[] {
  const accepted = existing.toSorted(compareTime)
  const conflicts: HistoryConflict[] = []
  for (const reading of added.toSorted(compareTime)) {
    const at = findPosition(accepted, reading)
    const conflict = findReadingConflict(reading, pickNeighbors(accepted, reading, at))
    if (conflict === null) accepted.splice(at, 0, reading)
    else conflicts.push({ reading, conflict })
  }
  return conflicts
}

const compareTime = (a: Reading, b: Reading): number =>
  a.from + a.to - (b.from + b.to) || a.miles - b.miles

/** Where a reading belongs in sorted ones. */
function findPosition(sorted: readonly Reading[], reading: Reading): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = sorted[middle]
    if (other !== undefined && compareTime(other, reading) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The readings around a position whose order may be unknown, and the next one on each side. */
function pickNeighbors(sorted: readonly Reading[], reading: Reading, at: number): Reading[] {
  const isNear = (other: Reading | undefined) =>
    other !== undefined &&
    Math.abs(other.from + other.to - reading.from - reading.to) < WINDOW_MS * 2
  let [first, last] = [at - 1, at]
  while (at - first <= MAX_NEAR && isNear(sorted[first])) first--
  while (last - at < MAX_NEAR && isNear(sorted[last])) last++
  return sorted.slice(Math.max(0, first), last + 1)
}
