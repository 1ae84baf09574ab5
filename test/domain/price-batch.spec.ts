import { describe, expect, it } from '@jest/globals'
import {
  findOutdatedRows,
  nameCars,
  type PricedCar,
  planBatch,
} from '../../src/lot/domain/price-batch.ts'

const aPricedCar = (about: Partial<PricedCar> = {}): PricedCar => ({
  id: 'car 1',
  title: '2021 Honda Accord',
  stockNumber: 'A1',
  status: 'available',
  cents: 2_450_000,
  costCents: 2_400_000,
  marketCents: 2_500_000,
  ...about,
})
const exact = { to95: false }

describe('the plan of a bulk change', () => {
  it('has the old and the new figures of each car', () => {
    expect(planBatch([aPricedCar()], { amount: -600 }, exact).rows).toEqual([
      {
        id: 'car 1',
        title: '2021 Honda Accord',
        stockNumber: 'A1',
        oldPrice: 24_500,
        newPrice: 23_900,
        oldMargin: 500,
        margin: -100,
        marketPrice: 25_000,
        priceToMarket: 95.6,
        belowCost: true,
      },
    ])
  })

  it('has no margin and no comparison where the cost or the market is unknown', () => {
    const car = aPricedCar({ costCents: null, marketCents: null })
    expect(planBatch([car], { amount: -600 }, exact).rows).toMatchObject([
      { oldMargin: null, margin: null, marketPrice: null, priceToMarket: null, belowCost: false },
    ])
  })

  it('takes the cost itself as not below cost', () => {
    const [row] = planBatch([aPricedCar()], { amount: -500 }, exact).rows
    expect(row).toMatchObject({ margin: 0, belowCost: false })
  })

  it.each([
    [{ status: 'sold' }, { amount: 1 }, 'is sold'],
    [{ marketCents: null }, { percentOfMarket: 99 }, 'has no market price'],
    [{ cents: 50_000 }, { amount: -500 }, 'would have a price of 0 or less'],
    [{ cents: 9_999_999_999 }, { amount: 1 }, 'would have a price that is too high'],
    [{}, { percentOfMarket: 98 }, 'already has this price'],
  ])('skips a car %j at %j', (about, change, reason) => {
    expect(planBatch([aPricedCar(about)], change, exact)).toEqual({
      rows: [],
      skipped: [{ id: 'car 1', title: '2021 Honda Accord', reason }],
    })
  })
})

describe('the rows of an older preview', () => {
  const now = planBatch(
    [aPricedCar(), aPricedCar({ id: 'car 2', status: 'sold' })],
    { amount: -600 },
    exact,
  )
  const expected = { id: 'car 1', oldPrice: 24_500, newPrice: 23_900 }

  it('are current while both prices are the same', () => {
    expect(findOutdatedRows([expected], now)).toEqual([])
  })

  it.each([
    [{ oldPrice: 24_501 }, '2021 Honda Accord'],
    [{ newPrice: 23_901 }, '2021 Honda Accord'],
    [{ id: 'car 2' }, '2021 Honda Accord'],
    [{ id: 'car 3' }, 'car car 3 (deleted)'],
  ])('are outdated with %j', (about, title) => {
    expect(findOutdatedRows([{ ...expected, ...about }], now)).toEqual([title])
  })
})

describe('the names of cars in a message', () => {
  it.each([
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B, and C'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B, C, and 2 more'],
  ])('are %j', (titles, text) => {
    expect(nameCars(titles)).toBe(text)
  })
})
