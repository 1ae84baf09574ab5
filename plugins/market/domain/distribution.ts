/**
 * One bin of a price distribution: the number of cars priced from `fromCents` up to `toCents`. The
 * upper bound is exclusive, except in the last bin.
 */
export type Bin = {
  fromCents: number
  toCents: number
  cars: number
}

const MAX_BINS = 12

/**
 * Groups prices into at most twelve bins of equal width, from lowest to highest. Returns one bin if
 * all prices are equal, and none for no prices. Every price is in exactly one bin.
 */
export function computeDistribution(cents: readonly number[]): Bin[] {
  if (cents.length === 0) return []
  const [min, max] = [Math.min(...cents), Math.max(...cents)]
  const bins = min === max ? 1 : Math.min(MAX_BINS, Math.ceil(Math.sqrt(cents.length)) + 1)
  const edge = (index: number) => min + Math.round(((max - min) * index) / bins)
  return Array.from({ length: bins }, (_, index) => {
    const [fromCents, toCents] = [edge(index), edge(index + 1)]
    const last = index === bins - 1
    const cars = cents.filter(
      (price) => price >= fromCents && (price < toCents || (last && price <= toCents)),
    ).length
    return { fromCents, toCents, cars }
  })
}
