import { describe, expect, it } from '@jest/globals'
import { type AnalyzedCar, decidePrice } from '../../plugins/market/domain/price-decision.ts'

const aCar = (dollars: number, before: AnalyzedCar['before'] = null): AnalyzedCar => ({
  id: 'a car',
  title: '2021 Honda Accord',
  stockNumber: null,
  cents: dollars * 100,
  expectedCents: 2_000_000,
  firstQuartileCents: 1_950_000,
  thirdQuartileCents: 2_050_000,
  costCents: null,
  before,
})

/** Quartiles further from the market price than the prices of these specs. */
const LEVELS = { firstQuartileCents: 1_880_000, thirdQuartileCents: 2_120_000 }
const AS_USUAL = { bands: { inLinePercent: 3, farPercent: 7 }, goal: 'market' } as const

describe('what to do about a price', () => {
  it.each([
    [20_600, null],
    [20_601, 'lower'],
    [19_400, null],
    [19_399, 'raise'],
  ])('of $%d, with 3 percent in line: %j', (dollars, action) => {
    expect(decidePrice(aCar(dollars), AS_USUAL)?.action ?? null).toBe(action)
  })

  it('suggests what the goal aims for, and nothing that our cost does not allow', () => {
    const suggest = (about: Partial<AnalyzedCar>, goal: 'fast' | 'margin' = 'fast') =>
      decidePrice({ ...aCar(22_000), ...about }, { ...AS_USUAL, goal })?.suggestedCents
    expect([suggest({}), suggest({}, 'margin')]).toEqual([1_950_000, 2_050_000])
    expect(suggest({ costCents: 2_100_000 })).toBe(2_100_000)
    expect(suggest({ costCents: 2_300_000 })).toBeNull()
  })

  it('is nothing because of our cost, or because it suits the goal', () => {
    const decide = (dollars: number, goal: 'fast' | 'margin', costCents: number | null = null) => {
      const { suggestedCents, kept } =
        decidePrice({ ...aCar(dollars), ...LEVELS, costCents }, { ...AS_USUAL, goal }) ?? {}
      return [suggestedCents, kept]
    }
    expect(decide(21_000, 'margin')).toEqual([null, 'goal'])
    expect(decide(19_000, 'fast')).toEqual([null, 'goal'])
    expect(decide(21_000, 'margin', 2_050_000)).toEqual([null, 'goal'])
    expect(decide(21_000, 'fast', 2_100_000)).toEqual([null, 'cost'])
    expect(decide(21_000, 'fast')).toEqual([1_880_000, null])
  })

  it('is new unless it was the same at the start of the period', () => {
    const high = { cents: 2_200_000, expectedCents: 2_000_000 }
    const inLine = { cents: 2_000_000, expectedCents: 2_000_000 }
    expect(decidePrice(aCar(22_000, high), AS_USUAL)?.isNew).toBe(false)
    expect(decidePrice(aCar(22_000, inLine), AS_USUAL)?.isNew).toBe(true)
    expect(decidePrice(aCar(22_000), AS_USUAL)?.isNew).toBe(true)
  })
})
