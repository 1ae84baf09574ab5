import { describe, expect, it } from '@jest/globals'
import { type AnalyzedCar, decidePrice } from '../../plugins/market/domain/price-decision.ts'

const aCar = (about: Partial<AnalyzedCar> = {}): AnalyzedCar => ({
  id: 'a-car',
  title: '2021 Honda Accord',
  stockNumber: null,
  cents: 2_150_000,
  expectedCents: 2_000_000,
  before: null,
  ...about,
})

const decide = (about: Partial<AnalyzedCar> = {}) => decidePrice(aCar(about), 3)

describe('a decision about a price', () => {
  it('is to lower or raise it to the market price where it is not in line', () => {
    expect(decide()).toMatchObject({ action: 'lower', suggestedCents: 2_000_000, percent: 7.5 })
    expect(decide({ cents: 1_900_000 })).toMatchObject({ action: 'raise', percent: -5 })
    expect([2_060_000, 1_940_000].map((cents) => decide({ cents }))).toEqual([null, null])
    expect([2_060_001, 1_939_999].map((cents) => decide({ cents })?.action)).toEqual([
      'lower',
      'raise',
    ])
  })

  it('is new unless it was the same before', () => {
    const before = (cents: number) => ({ before: { cents, expectedCents: 2_000_000 } })
    expect(decide()?.isNew).toBe(true)
    expect(decide(before(2_000_000))?.isNew).toBe(true)
    expect(decide(before(1_500_000))?.isNew).toBe(true)
    expect(decide(before(2_900_000))?.isNew).toBe(false)
  })
})
