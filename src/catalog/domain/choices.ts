/** What was chosen so far in the cascade: each choice narrows the next list. */
export type Choices = {
  year: number
  make?: string | undefined
  model?: string | undefined
  trim?: string | undefined
  engine?: string | undefined
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Sorts names for a list of choices: ignoring case, and numbers by their value. */
export const sortNames = (names: readonly string[]): string[] => names.toSorted(COLLATOR.compare)

/**
 * Finds the names that were meant: those that differ only in case. The catalog may have more than
 * one spelling of a name.
 */
export function findSpellings(names: readonly string[], written: string): string[] {
  const folded = foldCase(written)
  return names.filter((name) => foldCase(name) === folded)
}

/**
 * Formats choices as the part of a cache key, the same for every case that they are written in:
 * `year=2021&make=honda`. Without choices, it is `all`.
 */
export function formatChoices(choices: Partial<Choices>): string {
  const given = Object.entries(choices).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, foldCase(String(value))]],
  )
  return given.length === 0 ? 'all' : new URLSearchParams(given).toString()
}

const foldCase = (text: string) => text.toLowerCase()
