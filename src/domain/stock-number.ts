/**
 * The stock number of a car that comes without one: the last eight characters of its VIN, as
 * dealers write them on the key tag; where another car has it already, the first free `-2`, `-3`, …
 * behind it.
 */
export function chooseStockNumber(vin: string, existing: ReadonlySet<string>): string {
  const tail = vin.slice(-8)
  if (!existing.has(tail)) return tail
  let next = 2
  while (existing.has(`${tail}-${next}`)) next++
  return `${tail}-${next}`
}
