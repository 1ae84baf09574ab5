import { describe, expect, it } from '@jest/globals'
import { type AnalyzedCar, decidePrice } from '../../plugins/market/domain/price-decision.ts'

const aCar = (dollars: number, before: AnalyzedCar['before'] = null): AnalyzedCar => ({
  id: 'a car',
  title: '2021 Honda Accord',
  stockNumber: null,
  cents: dollars * 100,
  expectedCents: 2_000_000,
  before,
})

describe('what to do about a price', () => {
  it.each([
    [20_600, null],
    [20_601, 'lower'],
    [19_400, null],
    [19_399, 'raise'],
  ])('of $%d, with 3 percent in line: %j', (dollars, action) => {
    expect(decidePrice(aCar(dollars), 3)?.action ?? null).toBe(action)
  })

  it('is new unless it was the same at the start of the period', () => {
    const high = { cents: 2_200_000, expectedCents: 2_000_000 }
    const inLine = { cents: 2_000_000, expectedCents: 2_000_000 }
    expect(decidePrice(aCar(22_000, high), 3)?.isNew).toBe(false)
    expect(decidePrice(aCar(22_000, inLine), 3)?.isNew).toBe(true)
    expect(decidePrice(aCar(22_000), 3)?.isNew).toBe(true)
  })
})
