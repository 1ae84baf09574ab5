import { describe, expect, it } from '@jest/globals'
import {
  computeInterval,
  computeMedianBounds,
  computeSingleBounds,
  computeSlopeDoubt,
} from '../../plugins/market/domain/interval.ts'

const count = (to: number) => Array.from({ length: to }, (_, index) => index + 1)

describe('the interval of a median', () => {
  it.each([
    /* The lowest and the highest of five enclose the median 15 times of 16. */
    [5, 1.3529, 4.6471],
    [8, 2.3202, 6.6798],
    [20, 6.8993, 14.1007],
  ])('of %d values is interpolated between ranks', (values, low, high) => {
    const bounds = computeMedianBounds(count(values))
    expect(bounds.low).toBeCloseTo(low, 3)
    expect(bounds.high).toBeCloseTo(high, 3)
  })

  it('encloses the median nine times of ten, also of many values', () => {
    const { low, high } = computeMedianBounds(count(10_000))
    expect((high - low) / Math.sqrt(10_000)).toBeCloseTo(1.645, 2)
    expect(low + high).toBeCloseTo(10_001, 6)
  })
})

describe('the interval of a single car', () => {
  it('leaves a twentieth of the values on each side, as far as they reach', () => {
    expect(computeSingleBounds(count(19))).toEqual({ low: 1, high: 19 })
    expect(computeSingleBounds(count(39)).low).toBeCloseTo(2, 6)
    expect(computeSingleBounds(count(39)).high).toBeCloseTo(38, 6)
    expect(computeSingleBounds(count(5))).toEqual({ low: 1, high: 5 })
  })
})

describe('the interval of an expected price', () => {
  const prices = count(20).map((value) => value * 1_000)

  it('is that of the median among cars of our trim, and that of a car among others', () => {
    const [same, all] = [true, false].map((sameTrim) =>
      computeInterval(prices, { sameTrim, doubtCents: 0 }),
    )
    expect(same).toEqual({
      lowCents: 6_899,
      highCents: 14_101,
      level: 90,
      method: 'order_statistics',
    })
    expect(all).toMatchObject({ method: 'single_car', lowCents: 1_050, highCents: 19_950 })
  })

  it('is wider by the doubt about the adjustment, and never below a cent', () => {
    const wide = computeInterval(prices, { sameTrim: true, doubtCents: 4_000 })
    expect(wide?.lowCents).toBe(Math.round(10_500 - Math.hypot(3_600.7, 4_000)))
    expect(computeInterval(prices, { sameTrim: true, doubtCents: 1e9 })?.lowCents).toBe(1)
  })

  it('is none of four prices', () => {
    expect(computeInterval(count(4), { sameTrim: true, doubtCents: 0 })).toBeNull()
  })
})

describe('the doubt about a slope', () => {
  it('is none where all pairs agree, and grows with their differences', () => {
    expect(computeSlopeDoubt(Array<number>(28).fill(-10))).toBe(0)
    const spread = count(28).map((value) => -value)
    expect(computeSlopeDoubt(spread)).toBeGreaterThan(
      computeSlopeDoubt(spread.map((one) => one / 2)),
    )
  })
})
