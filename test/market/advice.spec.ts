import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type AdviceOptions,
  computeSuggestion,
  GOALS,
  type Goal,
  suggestPrice,
} from '../../plugins/market/domain/advice.ts'
import { buildCarsAt, computeFiguresAt } from '../support/market.ts'

const OPTIONS: AdviceOptions = {
  goal: 'market',
  costCents: null,
  allowBelowCost: false,
  inLinePercent: 3,
  farPercent: 7,
  currency: 'USD',
}
const MARKET = [19_000, 19_480, 20_020, 20_500, 21_000]

/** What is suggested beside cars at these prices. */
const suggest = (about: Partial<AdviceOptions> = {}, dollars = MARKET, sameTrim = true) =>
  suggestPrice(computeFiguresAt(buildCarsAt(dollars), 30_000, sameTrim), { ...OPTIONS, ...about })

describe('a suggested price', () => {
  it.each([
    ['fast', 1_950_000, 'At $19,500, 3 of 5 comparable cars ask more.'],
    ['market', 2_000_000, 'At $20,000, 3 of 5 comparable cars ask more.'],
    ['margin', 2_050_000, 'At $20,500, 1 of 5 comparable cars asks more.'],
  ] as const)('for the goal %s is in steps of $50, and says why', (goal, cents, words) => {
    const advice = suggest({ goal })
    expect(advice?.cents).toBe(cents)
    expect(advice?.sentence).toContain(words)
    expect(advice?.belowCost).toBe(false)
  })

  it('does not say that others ask more where all ask the same', () => {
    const same = [20_000, 20_000, 20_000, 20_000, 20_000]
    for (const goal of ['fast', 'market', 'margin'] as const)
      expect(suggest({ goal }, same)?.sentence).toBe(
        'At $20,000, none of 5 comparable cars asks more.',
      )
  })

  it('comes with the range that is in line with its goal', () => {
    expect(suggest()).toMatchObject({ lowCents: 1_940_000, highCents: 2_060_000 })
  })

  it('is never further from the market than a price should be', () => {
    const apart = [10_000, 12_000, 20_000, 28_000, 30_000]
    expect(suggest({ goal: 'fast' }, apart)).toMatchObject({
      cents: 1_860_000,
      lowCents: 1_860_000,
      sentence: expect.stringContaining(
        '$18,600 is as far from the market price of $20,000 as a price should be (7%).',
      ),
    })
    expect(suggest({ goal: 'margin' }, apart)?.cents).toBe(2_140_000)
  })

  it('is not below cost, and says so', () => {
    expect(suggest({ costCents: 2_123_400 })).toEqual({
      marketCents: 2_000_000,
      limited: false,
      cents: 2_125_000,
      lowCents: 2_125_000,
      highCents: 2_125_000,
      sentence:
        'At $20,000, 3 of 5 comparable cars ask more. Our cost ' +
        'is $21,234, so $21,250 is suggested.',
      belowCost: false,
    })
    expect(suggest({ costCents: 2_000_000 })).toMatchObject({
      cents: 2_000_000,
      lowCents: 2_000_000,
    })
  })

  it('is below cost where that is allowed, and says so', () => {
    expect(suggest({ costCents: 2_123_400, allowBelowCost: true })).toMatchObject({
      cents: 2_000_000,
      sentence: expect.stringContaining('This is below our cost of $21,234.'),
      belowCost: true,
    })
  })

  it('among all trims asks to check the equipment', () => {
    expect(suggest({}, MARKET, false)?.sentence).toContain('check the equipment')
  })

  it('is the same from stored figures', () => {
    const levels = {
      expectedCents: 2_002_000,
      firstQuartileCents: 1_948_000,
      thirdQuartileCents: 2_050_000,
    }
    expect(computeSuggestion(levels, { ...OPTIONS, goal: 'fast' })).toMatchObject({
      cents: suggest({ goal: 'fast' })?.cents,
    })
  })

  it('is none where there are too few cars', () => {
    expect([suggest({}, MARKET.slice(1)), suggestPrice(null, OPTIONS)]).toEqual([null, null])
  })

  it('rises from goal to goal, within its range and the market, whatever the market', () => {
    const market = fc.array(fc.integer({ min: 3_000, max: 90_000 }), {
      minLength: 5,
      maxLength: 40,
    })
    fc.assert(
      fc.property(market, (dollars) => {
        const expected = computeFiguresAt(buildCarsAt(dollars))?.expectedCents ?? 0
        const [fast, usual, margin] = (Object.keys(GOALS) as Goal[]).map((goal) =>
          suggest({ goal }, dollars),
        )
        if (!fast || !usual || !margin) throw new Error('There is no advice.')
        expect(fast.cents).toBeLessThanOrEqual(usual.cents)
        expect(usual.cents).toBeLessThanOrEqual(margin.cents)
        for (const { cents, lowCents, highCents } of [fast, usual, margin]) {
          expect(cents % 5_000).toBe(0)
          expect(lowCents).toBeLessThanOrEqual(cents)
          expect(highCents).toBeGreaterThanOrEqual(cents)
          expect(Math.abs(cents - expected)).toBeLessThanOrEqual(expected * 0.07)
        }
      }),
    )
  })
})
