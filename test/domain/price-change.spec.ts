import { describe, expect, it } from '@jest/globals'
import { findPriceChange } from '../../src/domain/price-change.ts'

describe('the change of a price', () => {
  it('is both prices in cents', () => {
    expect(findPriceChange(24_500, 23_999.99)).toEqual({ fromCents: 2_450_000, toCents: 2_399_999 })
  })

  it.each([
    [24_500, 24_500],
    [0.1 + 0.2, 0.3],
    [undefined, 24_500],
    [null, 24_500],
    [24_500, undefined],
    ['24500', 24_000],
  ])('is none from %p to %p', (before, after) => {
    expect(findPriceChange(before, after)).toBeNull()
  })
})
