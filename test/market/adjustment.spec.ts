import { describe, expect, it } from '@jest/globals'
import { adjustPrice, estimateAdjustment } from '../../plugins/market/domain/adjustment.ts'
import type { Comparable } from '../../plugins/market/domain/listing.ts'
import { aListing } from '../support/market.ts'

/** Cars whose price falls by ten cents a mile and rises by $1,000 a year. */
const buildMarket = (count: number, years: readonly number[] = [2021]): Comparable[] =>
  Array.from({ length: count }, (_, index) => {
    const year = years[index % years.length] ?? 2021
    const miles = 20_000 + 1_500 * index
    const cents = 3_000_000 - 10 * miles + 100_000 * (year - 2021)
    return { ...aListing({ key: `car ${index}`, year, miles }), cents }
  })

const OURS = { year: 2021, miles: 30_000 }

describe('the adjustment of prices', () => {
  it('finds what a mile costs from eight cars on that are alike', () => {
    expect(estimateAdjustment(buildMarket(8), OURS)).toMatchObject({
      centsPerMile: -10,
      centsPerYear: 0,
    })
    expect(estimateAdjustment(buildMarket(7), OURS).centsPerMile).toBe(0)
  })

  it('finds what a year is worth where years are mixed', () => {
    const { centsPerMile, centsPerYear } = estimateAdjustment(
      buildMarket(12, [2020, 2021, 2022]),
      OURS,
    )
    expect(centsPerMile).toBeCloseTo(-10, 6)
    expect(centsPerYear).toBeCloseTo(100_000, 3)
  })

  it('counts a price that rises with the miles as noise', () => {
    const rising = buildMarket(9).map((car) => ({ ...car, cents: 1_000_000 + (car.miles ?? 0) }))
    expect(estimateAdjustment(rising, OURS).centsPerMile).toBe(0)
  })

  it('does not adjust for the miles if ours are unknown', () => {
    expect(estimateAdjustment(buildMarket(9), { year: 2021, miles: null }).centsPerMile).toBe(0)
  })

  it('doubts an adjustment that it cannot make', () => {
    const far = { year: 2021, miles: 60_000 }
    const { centsPerMile, doubtCents } = estimateAdjustment(buildMarket(4), far)
    expect([centsPerMile, doubtCents > 0]).toEqual([0, true])
  })
})

describe('an adjusted price', () => {
  it('is what the car would cost with our miles and year', () => {
    const car = { ...aListing({ year: 2020, miles: 40_000 }), cents: 2_000_000 }
    expect(adjustPrice(car, OURS, { centsPerMile: -10, centsPerYear: 100_000 })).toBe(2_200_000)
  })

  it('ignores miles that are unknown', () => {
    const car = { ...aListing({ miles: null }), cents: 2_000_000 }
    expect(adjustPrice(car, OURS, { centsPerMile: -10, centsPerYear: 0 })).toBe(2_000_000)
  })
})
