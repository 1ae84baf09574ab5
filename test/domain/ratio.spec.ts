import { describe, expect, it } from '@jest/globals'
import { divideExactly } from '../../src/garage/domain/ratio.ts'

describe('an exact division', () => {
  it.each([
    [1005, 1000, 2, 1.01],
    [-1005, 1000, 2, -1.01],
    [1004, 1000, 2, 1],
    [1, 3, 4, 0.3333],
    [2, 3, 4, 0.6667],
    [0, 7, 2, 0],
    [9_999_999_999_999n, 1n, 0, 9_999_999_999_999],
  ])('of %d by %d to %d places is %d', (dividend, divisor, places, expected) => {
    expect(divideExactly(dividend, divisor, places)).toBe(expected)
  })

  it.each([0, -1])('by %d is refused', (divisor) => {
    expect(() => divideExactly(1, divisor, 2)).toThrow(`${divisor} is not a positive divisor`)
  })
})
