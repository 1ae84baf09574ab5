import { describe, expect, it } from '@jest/globals'
import {
  BATCH_CHANGE,
  type BatchChange,
  computeBatchPrice,
  roundTo95,
  splitChange,
} from '../../src/lot/domain/batch-price.ts'

const compute = (cents: number, change: BatchChange, to95 = false, marketCents?: number) =>
  computeBatchPrice({ cents, marketCents: marketCents ?? null }, change, { to95 })

describe('a price that ends in 95', () => {
  it.each([
    [23_612, 23_595],
    [23_672, 23_695],
    [24_045, 24_095],
    [24_044.99, 23_995],
    [23_995, 23_995],
    [24_000, 23_995],
    [120, 95],
    [1, 95],
    [0.01, 95],
  ])('is nearest to $%p at $%p', (price, rounded) => {
    expect(roundTo95(Math.round(price * 100))).toBe(rounded * 100)
  })
})

describe('the new price of a bulk change', () => {
  it('is the price and an amount, with its cents', () => {
    expect(compute(2_450_050, { amount: -500 })).toBe(2_400_050)
    expect(compute(2_450_000, { amount: 0.01 })).toBe(2_450_001)
  })

  it('is a percentage of the price in whole dollars, up from the middle', () => {
    expect(compute(2_450_000, { percent: -5 })).toBe(2_327_500)
    expect(compute(999_900, { percent: 3.33 })).toBe(1_033_200) // 10,331.97
    expect(compute(1_000_000, { percent: -0.005 + 0.01 })).toBe(1_000_100) // 0.005 rounds to 0.01 %
    expect(compute(9_999_999_999, { percent: 200 })).toBe(30_000_000_000)
  })

  it('is a percentage of the market price, and nothing without one', () => {
    expect(compute(2_450_000, { percentOfMarket: 97.5 }, false, 2_500_000)).toBe(2_437_500)
    expect(compute(2_450_000, { percentOfMarket: 97.5 })).toBeNull()
  })

  it('is rounded to 95 only where it is a price', () => {
    expect(compute(2_450_000, { percent: -5 }, true)).toBe(2_329_500)
    expect(compute(50_000, { amount: -500 }, true)).toBe(0)
    expect(compute(50_000, { amount: -600 }, true)).toBe(-10_000)
  })
})

describe('a bulk change', () => {
  it('has one rule and one value', () => {
    expect(splitChange({ amount: -500 })).toEqual({ rule: 'amount', value: -500 })
    expect(splitChange({ percent: 2.5 })).toEqual({ rule: 'percent', value: 2.5 })
    expect(splitChange({ percentOfMarket: 98 })).toEqual({ rule: 'percentOfMarket', value: 98 })
  })

  it.each([
    [{}],
    [{ amount: 1, percent: 1 }],
    [{ percent: -90.01 }],
    [{ percent: 1.001 }],
    [{ percentOfMarket: 0 }],
    [{ amount: '1' }],
  ])('is not %j', (change) => {
    expect(BATCH_CHANGE.safeParse(change).success).toBe(false)
  })
})
