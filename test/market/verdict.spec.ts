import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Figures } from '../../plugins/market/domain/figures.ts'
import {
  computeConfidence,
  computePercentAbove,
  judgePrice,
} from '../../plugins/market/domain/verdict.ts'
import { buildCarsAt, computeFiguresAt, CONTEXT } from '../support/market.ts'

/** What is made of a price in dollars. */
const judge = (figures: Figures | null, cents: number) =>
  judgePrice(figures, { cents, currency: 'USD' }, CONTEXT)

/** So many cars at one price, and what is made of a price of ours beside them. */
const beside = (cents: number, cars = 5, dollars = 20_000) =>
  judge(computeFiguresAt(buildCarsAt(Array<number>(cars).fill(dollars)), 30_000), cents)

describe('a price beside the market', () => {
  it('is explained in its currency', () => {
    const figures = computeFiguresAt(buildCarsAt(Array<number>(5).fill(20_000)), 30_000)
    expect(
      judgePrice(figures, { cents: 2_000_000, currency: 'EUR' }, CONTEXT).explanation,
    ).toContain('€20,000 is exactly the median price of 5 cars like this one')
  })

  it.each([
    [2_060_000, 'competitive'],
    [2_060_001, 'slightly_high'],
    [2_140_000, 'slightly_high'],
    [2_140_001, 'high'],
    [1_940_000, 'competitive'],
    [1_939_999, 'slightly_low'],
    [1_860_000, 'slightly_low'],
    [1_859_999, 'low'],
    [2_000_000, 'competitive'],
  ])('of %d cents beside $20,000 is %s', (cents, recommendation) => {
    expect(beside(cents).recommendation).toBe(recommendation)
  })

  it('is judged from five cars on', () => {
    expect(beside(4_000_000, 4)).toEqual({
      recommendation: 'insufficient_data',
      confidence: 'none',
      priceToMarket: null,
      rank: null,
      explanation:
        'Only 4 cars like this one are for sale; at least 5 are needed to estimate the market price.',
    })
    expect(beside(4_000_000, 5).recommendation).toBe('high')
    expect(judge(null, 1).explanation).toBe(
      'No cars like this one are for sale; at least 5 are needed to estimate the market price.',
    )
  })

  it('is judged by the bands of the settings', () => {
    const figures = computeFiguresAt(buildCarsAt(Array<number>(5).fill(20_000)))
    const judgeBy = (inLinePercent: number, farPercent: number, cents: number) =>
      judgePrice(
        figures,
        { cents, currency: 'USD' },
        { ...CONTEXT, bands: { inLinePercent, farPercent } },
      ).recommendation
    expect([judgeBy(4.5, 4.5, 2_090_000), judgeBy(4.5, 4.5, 2_090_001)]).toEqual([
      'competitive',
      'high',
    ])
    expect([judgeBy(0, 10, 2_000_000), judgeBy(0, 10, 2_000_001)]).toEqual([
      'competitive',
      'slightly_high',
    ])
  })

  it.each([
    [0, 'none'],
    [4, 'none'],
    [5, 'low'],
    [14, 'low'],
    [15, 'medium'],
    [29, 'medium'],
    [30, 'high'],
    [1_000, 'high'],
  ])('beside %d cars of one price has the confidence %s', (cars, confidence) => {
    const figures = computeFiguresAt(buildCarsAt(Array<number>(cars).fill(20_000)))
    expect(computeConfidence(figures)).toBe(confidence)
  })

  it('has a lower confidence where the prices differ a lot, and a low one among all trims', () => {
    const buildSpread = (step: number) =>
      buildCarsAt(Array.from({ length: 31 }, (_, index) => 20_000 + step * (index - 15)))
    const confidences = [50, 250, 500].map((step) =>
      computeConfidence(computeFiguresAt(buildSpread(step))),
    )
    expect(confidences).toEqual(['high', 'medium', 'low'])
    const ofAllTrims = computeFiguresAt(buildSpread(50), 30_000, false)
    expect(judge(ofAllTrims, 2_000_000)).toMatchObject({
      confidence: 'low',
      explanation: expect.stringContaining('Low confidence: the cars are of all trims.'),
    })
  })

  it.each([
    [2_000_000, 100],
    [2_100_000, 105],
    [1_999_999, 100],
    [1_333_333, 66.7],
  ])('of %d cents beside $20,000 is %d %% of the market', (cents, percent) => {
    expect(beside(cents).priceToMarket).toBe(percent)
  })

  it('has a place among the others, the better one of those that ask the same', () => {
    const figures = computeFiguresAt(buildCarsAt([19_000, 19_500, 20_000, 20_500, 21_000]), 30_000)
    const places = [1_800_000, 1_900_000, 1_900_001, 2_000_000, 2_200_000].map(
      (cents) => judge(figures, cents).rank,
    )
    expect(places).toEqual([1, 1, 2, 3, 6].map((position) => ({ position, of: 6 })))
  })

  it('is explained in words, which name the cars that were left out, and of how many', () => {
    const figures = computeFiguresAt(
      buildCarsAt([19_500, 19_700, 19_800, 20_000, 20_200, 20_300, 20_500, 60_000]),
    )
    const context = { ...CONTEXT, tier: 'same trim, same year, within 20,000 miles', old: 2 }
    expect(judgePrice(figures, { cents: 2_300_000, currency: 'USD' }, context).explanation).toBe(
      '$23,000 is 15.0% above $20,000, the median price of 7 cars like this one (same trim, ' +
        'same year, within 20,000 miles): the price is high for the market. Low confidence: few ' +
        'cars to compare with. 1 of 8 cars is left out because its price is far from the ' +
        'others: $60,000. 2 cars were left out because the source has not seen them for too long.',
    )
  })

  it.each([
    [[60_000, 70_000], '2 of 12 cars are left out', '$60,000 and $70,000.'],
    [[1_000, 2_000, 60_000, 70_000], '4 of 14 cars are left out', 'from $1,000 to $70,000.'],
  ])('names %j among ten others', (far, count, named) => {
    const near = Array.from({ length: 10 }, (_, index) => 20_000 + 100 * index)
    const { explanation } = judge(computeFiguresAt(buildCarsAt([...near, ...far])), 2_000_000)
    expect(explanation).toContain(`${count} because their prices are far from the others: ${named}`)
  })

  it('says so when the miles were computed with', () => {
    const cars = buildCarsAt(
      Array.from({ length: 16 }, (_, index) => 20_000 - 100 * index),
      (index) => 20_000 + 1_000 * index,
    )
    expect(judge(computeFiguresAt(cars, 20_000), 2_000_000).explanation).toBe(
      '$20,000 is exactly the median price of 16 cars like this one, adjusted to ' +
        'this mileage ($19,250 before the adjustment): the price is in line with the market. ' +
        'Medium confidence.',
    )
    expect(judge(computeFiguresAt(cars, 20_123), 2_010_000).explanation).toContain(
      '$20,100 is 0.6% above about $20,000, the median price of 16 cars like this one',
    )
  })

  it('is how far above what is expected', () => {
    expect([
      computePercentAbove(110, 100),
      computePercentAbove(75, 100),
      computePercentAbove(100, 100),
    ]).toEqual([10, -25, 0])
  })
})

describe('whatever the market', () => {
  const market = fc.array(fc.integer({ min: 1_000, max: 90_000 }), { minLength: 5, maxLength: 40 })

  it('a higher price never has a lower place, nor a kinder word for being high', () => {
    const ORDER = ['low', 'slightly_low', 'competitive', 'slightly_high', 'high']
    const pair = fc.tuple(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 0, max: 10_000_000 }),
    )
    fc.assert(
      fc.property(market, pair, (dollars, [cents, more]) => {
        const figures = computeFiguresAt(buildCarsAt(dollars), 30_000)
        const [one, other] = [judge(figures, cents), judge(figures, cents + more)]
        expect(other.rank?.position ?? 0).toBeGreaterThanOrEqual(one.rank?.position ?? 0)
        expect(ORDER.indexOf(other.recommendation)).toBeGreaterThanOrEqual(
          ORDER.indexOf(one.recommendation),
        )
      }),
    )
  })

  it('everything ten times as dear is judged the same', () => {
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 9_000_000 }), (dollars, cents) => {
        const one = judge(
          computeFiguresAt(buildCarsAt(dollars.map((price) => price * 2)), 30_000),
          cents * 2,
        )
        const other = judge(
          computeFiguresAt(buildCarsAt(dollars.map((price) => price * 20)), 30_000),
          cents * 20,
        )
        expect(other).toEqual({ ...one, explanation: other.explanation })
      }),
    )
  })
})
