import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { analyzeCar } from '../../plugins/market/domain/analysis.ts'
import {
  parseComparables,
  parseSearch,
  toComparableRows,
  toSearchRow,
} from '../../plugins/market/domain/stored-analysis.ts'
import {
  aListing,
  buildCarsAt,
  buildOwnCar,
  computeFiguresAt,
  CONTEXT,
  findTier,
} from '../support/market.ts'

describe('what an analysis keeps', () => {
  it('gives the same figures again, outliers and all', () => {
    const market = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 99_999 })),
      {
        minLength: 1,
        maxLength: 40,
      },
    )
    fc.assert(
      fc.property(market, (cars) => {
        const comparables = buildCarsAt(
          cars.map(([cents]) => cents / 100),
          (index) => cars[index]?.[1] ?? null,
        )
        const figures = computeFiguresAt(comparables, 30_000)
        const kept: unknown = JSON.parse(JSON.stringify(toComparableRows(figures)))
        expect(computeFiguresAt(parseComparables(kept), 30_000)).toEqual(figures)
      }),
    )
  })

  it('is in dollars and miles, as a table shows it, and says who was left out', () => {
    const rows = toComparableRows(
      computeFiguresAt(
        buildCarsAt([20_000, 20_000, 20_100, 20_200, 20_300, 20_400, 20_500, 90_000.5]),
        30_000,
      ),
    )
    expect(rows[0]).toMatchObject({
      price: 20_000,
      adjustedPrice: 20_000,
      mileage: 30_000,
      dealer: 'Northside Motors',
      outlier: false,
    })
    expect(rows.at(-1)).toMatchObject({ price: 90_000.5, adjustedPrice: null, outlier: true })
    expect(toComparableRows(null)).toEqual([])
  })

  it('leaves out what is no car', () => {
    const malformed = [
      null,
      'car',
      {},
      { price: 1 },
      { year: 2021, make: 'Honda', model: 'Accord', price: -1 },
    ]
    expect(parseComparables(malformed)).toEqual([])
    expect(parseComparables({ price: 1 })).toEqual([])
    const bare = { year: 2020, make: 'Honda', model: 'Accord', price: 21_450, mileage: 41_050 }
    expect(parseComparables([bare, ...malformed])).toMatchObject([
      { cents: 2_145_000, miles: 41_050, vin: null, branded: false },
    ])
  })

  it('says what was searched for, where, and what came of it', () => {
    const car = { ...buildOwnCar(), cents: 2_300_000 }
    const { search } = findTier('same_trim', car)
    const listings = Array.from({ length: 5 }, (_, index) =>
      aListing({ key: String(index), cents: 2_000_000 }),
    )
    const analysis = analyzeCar(car, [{ search, found: { listings, complete: true, notes: [] } }], {
      own: new Set(),
      since: null,
      trimNames: [],
      currency: 'USD',
      bands: CONTEXT.bands,
    })
    expect(
      toSearchRow(analysis, {
        cents: car.cents,
        since: null,
        around: { zip: '64055', radiusMiles: 150 },
      }),
    ).toMatchObject({
      tier: 'same_trim',
      make: 'Honda',
      model: 'Accord',
      fromYear: 2021,
      toYear: 2021,
      fromMiles: 10_000,
      toMiles: 50_000,
      zip: '64055',
      radiusMiles: 150,
      listings: 5,
      complete: true,
      outliers: 0,
      leftOut: { own: 0 },
      ourPrice: 23_000,
      supply: 5,
      expectedPrice: 20_000,
      intervalLow: 20_000,
      intervalHigh: 20_000,
      firstQuartile: 20_000,
      thirdQuartile: 20_000,
      dollarsPerYear: 0,
      dollarsPer1000Miles: 0,
      confidence: 'low',
      priceToMarket: 115,
    })
  })

  it('says which tier it was, or nothing where an older version or a person wrote it', () => {
    expect(parseSearch({ tier: 'same_trim', leftOut: { old: 3 } })).toEqual({
      tier: 'same_trim',
      old: 3,
    })
    for (const stored of [{ tier: 'exact' }, {}, null, 'a search', { tier: 7, leftOut: 'none' }])
      expect(parseSearch(stored)).toEqual({ tier: null, old: 0 })
  })
})
