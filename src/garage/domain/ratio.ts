/**
 * Divides whole numbers exactly and rounds the quotient to `places` decimal places, half away from
 * zero: 1005 / 1000 with two places is 1.01. The divisor must be positive.
 */
export function divideExactly(
  dividend: number | bigint,
  divisor: number | bigint,
  places: number,
): number {
  const [above, below] = [BigInt(dividend), BigInt(divisor)]
  if (below <= 0n) throw new RangeError(`${divisor} is not a positive divisor.`)
  const size = above < 0n ? -above : above
  const rounded = (2n * size * 10n ** BigInt(places) + below) / (2n * below)
  return Number(above < 0n ? -rounded : rounded) / 10 ** places
}
