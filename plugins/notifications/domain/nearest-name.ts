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
    .map((name) => ({ name, distance: countEdits(letters, fold(name)) }))
    .filter(({ name, distance }) => distance <= Math.floor(name.length / 3))
    .toSorted((one, other) => one.distance - other.distance)
  return closest?.name ?? null
}

/** How many letters have to be inserted, deleted or replaced to make one text of another (Levenshtein's distance). Texts are short. */
function countEdits(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [row, letter] of [...one.slice(0, 60)].entries()) {
    const current = [row + 1]
    for (const [column, opposite] of [...other].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === opposite ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
