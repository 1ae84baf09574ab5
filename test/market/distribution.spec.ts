import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { computeDistribution } from '../../plugins/market/domain/distribution.ts'

describe('the distribution of prices', () => {
  it('is none of none, and one bin of one price', () => {
    expect(computeDistribution([])).toEqual([])
    expect(computeDistribution([500, 500])).toEqual([{ fromCents: 500, toCents: 500, cars: 2 }])
  })

  it('counts a price on an edge in the bin above, and the dearest in the last', () => {
    expect(computeDistribution([0, 100, 200, 300])).toEqual([
      { fromCents: 0, toCents: 100, cars: 1 },
      { fromCents: 100, toCents: 200, cars: 1 },
      { fromCents: 200, toCents: 300, cars: 2 },
    ])
  })

  it('has every price in one bin, and bins side by side, twelve at most', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 9_999_999_999 }), {
      minLength: 1,
      maxLength: 400,
    })
    fc.assert(
      fc.property(prices, (cents) => {
        const bins = computeDistribution(cents)
        expect(bins.reduce((sum, { cars }) => sum + cars, 0)).toBe(cents.length)
        expect(bins.length).toBeLessThanOrEqual(12)
        expect(bins.slice(1).map(({ fromCents }) => fromCents)).toEqual(
          bins.slice(0, -1).map(({ toCents }) => toCents),
        )
        expect([bins[0]?.fromCents, bins.at(-1)?.toCents]).toEqual([
          Math.min(...cents),
          Math.max(...cents),
        ])
      }),
    )
  })
})
