import { computeEditDistance } from '../../../src/domain/near-miss.ts'

/**
 * The name of a list that a wrong one was most likely meant to be: the same letters in any case, a name that it contains as a word, or one
 * that is at most a third of its letters away; null when none is near.
 */
export function findNearest(written: string, names: readonly string[]): string | null {
  const letters = fold(written)
  const same = names.find((name) => fold(name) === letters)
  const within = names.find((name) => written.split(/[^\p{L}\p{N}]+/u).some((word) => fold(word) === fold(name)))
  return same ?? within ?? findClosest(letters, names)
}

/** The letters and digits of a name, in lower case: what stays of it when punctuation and invisible characters are left out. */
const fold = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

function findClosest(letters: string, names: readonly string[]): string | null {
  const [closest] = names
    .map((name) => ({ name, distance: computeEditDistance(letters, fold(name)) }))
    .filter(({ name, distance }) => distance <= Math.floor(name.length / 3))
    .toSorted((one, other) => one.distance - other.distance)
  return closest?.name ?? null
}
