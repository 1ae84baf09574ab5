/** A row with what may identify it, the surest first; null for what it does not have. */
export type NamedRow<Row> = { row: Row; names: readonly (string | null)[] }

/**
 * Finds the row here that each row of an archive is: the one with the same surest name. Each row
 * here stands for one row of the archive, so two equal ones are restored as two.
 */
export function matchRows<Archived, Own>(
  archived: readonly NamedRow<Archived>[],
  own: readonly NamedRow<Own>[],
): Map<Archived, Own> {
  const matched = new Map<Archived, Own>()
  const used = new Set<Own>()
  const levels = Math.max(0, ...own.slice(0, 1).map(({ names }) => names.length))
  for (let level = 0; level < levels; level++) {
    const left = groupByName(own, level)
    for (const { names, row } of archived) {
      if (matched.has(row)) continue
      const found = left.get(names[level] ?? '')?.find((one) => !used.has(one))
      if (found === undefined) continue
      matched.set(row, found)
      used.add(found)
    }
  }
  return matched
}

function groupByName<Row>(rows: readonly NamedRow<Row>[], level: number): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const { names, row } of rows) {
    const name = names[level] ?? ''
    if (name === '') continue
    const group = groups.get(name) ?? []
    group.push(row)
    groups.set(name, group)
  }
  return groups
}
