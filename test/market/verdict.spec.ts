import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { computeFigures, type Figures } from '../../plugins/market/domain/figures.ts'
import {
  computeConfidence,
  computePercentAbove,
  judgePrice,
} from '../../plugins/market/domain/verdict.ts'
import { buildCarsAt } from '../support/market.ts'

/** What is made of a price in dollars. */
const judge = (figures: Figures | null, cents: number) =>
  judgePrice(figures, { cents, currency: 'USD' })

/** So many cars at one price, and what is made of a price of ours beside them. */
const beside = (cents: number, cars = 5, dollars = 20_000) =>
  judge(computeFigures(buildCarsAt(Array<number>(cars).fill(dollars)), 30_000), cents)

describe('a price beside the market', () => {
  it('is explained in its currency', () => {
    const figures = computeFigures(buildCarsAt(Array<number>(5).fill(20_000)), 30_000)
    expect(judgePrice(figures, { cents: 2_000_000, currency: 'EUR' }).explanation).toContain(
      '€20,000 is exactly the median price of 5 cars like this one',
    )
  })

  it.each([
    [2_200_000, 'competitive'],
    [2_200_001, 'high'],
    [1_800_000, 'competitive'],
    [1_799_999, 'low'],
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
        '4 cars like this one for sale; at least 5 are needed to estimate the market price.',
    })
    expect(beside(4_000_000, 5).recommendation).toBe('high')
    expect(judge(null, 1).explanation).toBe(
      'No cars like this one for sale; at least 5 are needed to estimate the market price.',
    )
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
  ])('beside %d cars has the confidence %s', (cars, confidence) => {
    expect(computeConfidence(cars)).toBe(confidence)
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
    const figures = computeFigures(buildCarsAt([19_000, 19_500, 20_000, 20_500, 21_000]), 30_000)
    const places = [1_800_000, 1_900_000, 1_900_001, 2_000_000, 2_200_000].map(
      (cents) => judge(figures, cents).rank,
    )
    expect(places).toEqual([1, 1, 2, 3, 6].map((position) => ({ position, of: 6 })))
  })

  it('is explained in words', () => {
    const figures = computeFigures(
      buildCarsAt([19_000, 19_500, 20_000, 20_500, 21_000, 60_000]),
      30_000,
    )
    expect(judge(figures, 2_300_000).explanation).toBe(
      '$23,000 is 15.0% above $20,000, the median price of 5 cars like this one: the ' +
        'price is high for the market. Low confidence: few cars to compare with. 1 car with ' +
        'outlying prices excluded.',
    )
  })

  it('says so when the miles were computed with', () => {
    const cars = buildCarsAt(
      Array.from({ length: 16 }, (_, index) => 20_000 - 100 * index),
      (index) => 20_000 + 1_000 * index,
    )
    expect(judge(computeFigures(cars, 20_000), 2_000_000).explanation).toBe(
      '$20,000 is exactly the median price of 16 cars like this one, adjusted to ' +
        'this mileage ($19,250 before the adjustment): the price is in line with the market. ' +
        'Medium confidence.',
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
    const ORDER = ['low', 'competitive', 'high', 'insufficient_data']
    const pair = fc.tuple(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 0, max: 10_000_000 }),
    )
    fc.assert(
      fc.property(market, pair, (dollars, [cents, more]) => {
        const figures = computeFigures(buildCarsAt(dollars), 30_000)
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
          computeFigures(buildCarsAt(dollars.map((price) => price * 2)), 30_000),
          cents * 2,
        )
        const other = judge(
          computeFigures(buildCarsAt(dollars.map((price) => price * 20)), 30_000),
          cents * 20,
        )
        expect(other).toEqual({ ...one, explanation: other.explanation })
      }),
    )
  })
})
