import { describe, expect, it } from '@jest/globals'
import { estimateAdjustment } from '../../plugins/market/domain/adjustment.ts'
import { aListing, buildCarsAt, computeFiguresAt } from '../support/market.ts'

describe('cars of several years or very different mileage', () => {
  /** $2,000 a year and ten cents a mile on top of $20,000, for 2021 with 30,000 miles. */
  const buildMixed = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const [year, miles] = [2020 + (index % 3), 10_000 + 7_000 * index]
      const dollars = 20_000 + 2_000 * (year - 2021) - 0.1 * (miles - 30_000)
      return { ...aListing({ key: String(index), year, miles }), cents: dollars * 100 }
    })

  it('are adjusted to our year, apart from the miles', () => {
    const figures = computeFiguresAt(buildMixed(12), 30_000)
    expect(figures?.centsPerMile).toBeCloseTo(-10, 6)
    expect(figures?.centsPerYear).toBeCloseTo(200_000, 3)
    expect(figures?.expectedCents).toBe(2_000_000)
  })

  it('are adjusted from five cars on, because no adjustment would be worse', () => {
    expect(computeFiguresAt(buildMixed(5), 30_000)?.centsPerMile).toBeCloseTo(-10, 6)
    const far = buildCarsAt([24_000, 22_000, 20_000, 18_000, 16_000], (index) => 20_000 * index)
    expect(computeFiguresAt(far, 10_000)).toMatchObject({
      centsPerMile: -10,
      expectedCents: 2_300_000,
    })
    expect(computeFiguresAt(far.slice(0, 4), 10_000)?.centsPerMile).toBe(0)
  })

  it('take a price that falls with the year for noise', () => {
    const cars = buildMixed(12).map((car) => ({ ...car, cents: 4_000_000 - car.year * 1_000 }))
    expect(computeFiguresAt(cars, 30_000)?.centsPerYear).toBe(0)
  })

  it('leave no doubt where they agree, and one about what was not adjusted', () => {
    const car = { year: 2021, miles: 60_000 }
    expect(estimateAdjustment(buildMixed(12), car).doubtCents).toBeCloseTo(0, 6)
    const alike = buildCarsAt(
      [20_000, 19_900, 19_800, 19_700, 19_600],
      (index) => 30_000 + 1_000 * index,
    )
    expect(estimateAdjustment(alike, { year: 2021, miles: 42_000 })).toEqual({
      centsPerMile: 0,
      centsPerYear: 0,
      doubtCents: 100_000,
    })
    expect(estimateAdjustment([], car)).toEqual({ centsPerMile: 0, centsPerYear: 0, doubtCents: 0 })
  })
})
