/**
 * Chooses the stock number of a car that has none: the last eight characters of its VIN, as dealers
 * write them on the key tag. If another car already has it, the first free suffix of `-2`, `-3`, …
 * is added.
 */
export function chooseStockNumber(vin: string, existing: ReadonlySet<string>): string {
  const tail = vin.slice(-8)
  if (!existing.has(tail)) return tail
  let next = 2
  while (existing.has(`${tail}-${next}`)) next++
  return `${tail}-${next}`
}
