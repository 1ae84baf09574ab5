import { describe, expect, it } from '@jest/globals'
import { interpolateQuantile } from '../../plugins/market/domain/quantile.ts'

describe('a quantile', () => {
  it('interpolates between two values, as percentile_cont does', () => {
    expect(interpolateQuantile([10, 20, 30, 40], 0.25)).toBe(17.5)
    expect(interpolateQuantile([10, 20, 30, 40], 0.5)).toBe(25)
    expect(interpolateQuantile([10, 20, 30, 40, 50], 0.75)).toBe(40)
  })

  it('is the only value, and the first and last at the ends', () => {
    expect(interpolateQuantile([7], 0.3)).toBe(7)
    expect(interpolateQuantile([1, 2, 9], 0)).toBe(1)
    expect(interpolateQuantile([1, 2, 9], 1)).toBe(9)
  })

  it('is not a number without values', () => {
    expect(interpolateQuantile([], 0.5)).toBeNaN()
  })
})
