/**
 * The stock number of a car that comes without one: the last eight characters of its VIN, as dealers write them on the key tag;
 * where another car has it already, the first free `-2`, `-3`, … behind it.
 */
export function stockNumberFor(vin: string, taken: ReadonlySet<string>): string {
  const tail = vin.slice(-8)
  if (!taken.has(tail)) return tail
  let next = 2
  while (taken.has(`${tail}-${next}`)) next++
  return `${tail}-${next}`
}
