import { median } from 'simple-statistics'

/** How an interval was computed: from the ranks of the median, or from those of single cars. */
export type IntervalMethod = 'order_statistics' | 'single_car'

/** Where the expected price of such cars lies, with a probability of `level` percent. */
export type Interval = {
  lowCents: number
  highCents: number
  level: 90
  method: IntervalMethod
}

type Bounds = { low: number; high: number }

const LEVEL = 0.9
/** The quantile of the standard normal distribution that leaves the level between both sides. */
const NORMAL_QUANTILE = 1.6449
/** The minimum number of prices: those of fewer do not enclose their median often enough. */
const MIN_PRICES = 5

/**
 * Computes the interval of an expected price from adjusted prices; null for fewer than five.
 * `doubtCents` is by how much their adjustment may be off. If all cars have our trim, it is where
 * the median of such cars lies, which outliers do not distort; otherwise, ours may be any of them,
 * and it is where a single one lies.
 */
export function computeInterval(
  prices: readonly number[],
  { sameTrim, doubtCents }: { sameTrim: boolean; doubtCents: number },
): Interval | null {
  if (prices.length < MIN_PRICES) return null
  const sorted = prices.toSorted((one, other) => one - other)
  const middle = median(sorted)
  const { low, high } = sameTrim ? computeMedianBounds(sorted) : computeSingleBounds(sorted)
  const round = (cents: number) => Math.max(1, Math.round(cents))
  return {
    lowCents: round(middle - Math.hypot(middle - low, doubtCents)),
    highCents: round(middle + Math.hypot(high - middle, doubtCents)),
    level: 90,
    method: sameTrim ? 'order_statistics' : 'single_car',
  }
}

/**
 * Computes the confidence interval of the median of five or more values in ascending order from
 * their ranks: free of any distribution, and interpolated between the two nearest exact levels
 * (Hettmansperger and Sheather, 1986).
 */
export function computeMedianBounds(sorted: readonly number[]): Bounds {
  const count = sorted.length
  const at = (rank: number) => sorted[rank - 1] ?? NaN
  const levels = listLevels(count)
  const outer = levels.findLastIndex((level) => level >= LEVEL) + 1
  const [wide = 1, narrow = 0] = [levels[outer - 1], levels[outer]]
  const share = (wide - LEVEL) / (wide - narrow)
  const weight = ((count - outer) * share) / (outer + (count - 2 * outer) * share)
  const mix = (far: number, near: number) => (1 - weight) * far + weight * near
  return {
    low: mix(at(outer), at(outer + 1)),
    high: mix(at(count + 1 - outer), at(count - outer)),
  }
}

/**
 * Lists, for each rank up to the middle, the probability that the median lies between the value of
 * this rank from below and the one from above.
 */
function listLevels(count: number): number[] {
  let logProbability = -count * Math.LN2
  let below = 0
  return Array.from({ length: Math.ceil(count / 2) }, (_, hits) => {
    below += Math.exp(logProbability)
    logProbability += Math.log((count - hits) / (hits + 1))
    return 1 - 2 * below
  })
}

/**
 * Computes where one more car lies among values in ascending order, by ranks: nine of ten between
 * the bounds, as far as the values reach.
 */
export function computeSingleBounds(sorted: readonly number[]): Bounds {
  const tail = (1 - LEVEL) / 2
  const at = (share: number) => {
    const rank = Math.min(sorted.length, Math.max(1, share * (sorted.length + 1)))
    const below = Math.floor(rank)
    const low = sorted[below - 1] ?? NaN
    return low + (rank - below) * ((sorted[below] ?? low) - low)
  }
  return { low: at(tail), high: at(1 - tail) }
}

/**
 * Computes by how much a Theil–Sen slope may be off at the level, from the ranks of the slopes
 * between all pairs (Sen, 1968).
 */
export function computeSlopeDoubt(slopes: readonly number[]): number {
  const sorted = slopes.toSorted((one, other) => one - other)
  // As many cars as have this number of pairs.
  const cars = (1 + Math.sqrt(1 + 8 * sorted.length)) / 2
  const ranks = NORMAL_QUANTILE * Math.sqrt((cars * (cars - 1) * (2 * cars + 5)) / 18)
  const at = (rank: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(rank) - 1))] ?? 0
  return (at((sorted.length + ranks) / 2 + 1) - at((sorted.length - ranks) / 2)) / 2
}
