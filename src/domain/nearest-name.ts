/**
 * The number of letters to add, remove, replace or swap with a neighbor to turn one text into the
 * other: the restricted Damerau-Levenshtein distance, which edits no part twice.
 */
export function computeEditDistance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const edited = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      )
      row.push(swapped ? Math.min(edited, (before[j - 2] ?? 0) + 1) : edited)
    }
    ;[before, last] = [last, row]
  }
  return last[other.length] ?? 0
}

/** The length from which a name may have two typos. */
const LONG_NAME = 10

/**
 * The known name that a text is probably a misspelling of: one letter differs, or two in a long
 * name, regardless of case. Null if there is none.
 */
export function findNearestName(text: string, names: readonly string[]): string | null {
  const wanted = normalizeName(text)
  const far = wanted.length < LONG_NAME ? 1 : 2
  const ranked = names
    .map((name) => ({ name, distance: computeEditDistance(wanted, normalizeName(name)) }))
    .filter(({ name, distance }) => distance <= far && distance < name.length)
    .sort((one, other) => one.distance - other.distance)
  return ranked[0]?.name ?? null
}

const normalizeName = (name: string) => name.trim().toUpperCase().replaceAll('-', '_')
