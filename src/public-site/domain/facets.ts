/** One value of a facet, and how many cars have it. */
export type FacetValue = { value: string; count: number }

/** How many values of a facet are listed. */
export const MAX_VALUES = 200

/**
 * Merges values that differ only in upper and lower case, under the spelling of most cars. The most
 * frequent value comes first; equally frequent ones are sorted by name. At most 200.
 */
export function mergeSpellings(counted: readonly FacetValue[]): FacetValue[] {
  const merged = new Map<string, { spelling: FacetValue; count: number }>()
  for (const entry of counted) {
    const key = entry.value.toLowerCase()
    const { spelling, count } = merged.get(key) ?? { spelling: entry, count: 0 }
    const isUsual =
      entry.count > spelling.count ||
      (entry.count === spelling.count && entry.value < spelling.value)
    merged.set(key, { spelling: isUsual ? entry : spelling, count: count + entry.count })
  }
  return [...merged.values()]
    .map(({ spelling: { value }, count }) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareTexts(a.value, b.value))
    .slice(0, MAX_VALUES)
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
