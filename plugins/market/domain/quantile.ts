/**
 * Interpolates the quantile at a share of values, sorted in ascending order, as `percentile_cont`
 * of PostgreSQL does. NaN without values.
 */
export function interpolateQuantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const [low, high] = [sorted[below] ?? NaN, sorted[Math.ceil(place)] ?? NaN]
  return low + (place - below) * (high - low)
}
