/**
 * Prices side by side, for a drawing: how many cars ask from `fromCents` up to `toCents`, which
 * belongs to the next bin but in the last.
 */
export type Bin = { fromCents: number; toCents: number; cars: number }

const MAX_BINS = 12

/**
 * The prices in at most twelve bins of one width, from the cheapest to the dearest; one bin where
 * all ask the same; none of none. Every price is in one bin.
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
