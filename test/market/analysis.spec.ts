import { describe, expect, it } from '@jest/globals'
import { analyzeCar, hasEnoughCars } from '../../plugins/market/domain/analysis.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import { aListing, buildOwnCar } from '../support/market.ts'

const car = { ...buildOwnCar(), cents: 2_300_000 }
const NOTHING = { own: new Set<string>(), since: null, currency: 'USD' }

/** The analysis of so many cars at $20,000, by the first search. */
function analysed(count: number) {
  const [search] = buildSearches(car)
  if (!search) throw new Error('There is no search.')
  const listings = Array.from({ length: count }, (_, index) =>
    aListing({ key: String(index), cents: 2_000_000 }),
  )
  const found = {
    listings: [...listings, aListing({ year: 2018 })],
    complete: false,
    notes: ['There are more.'],
  }
  return analyzeCar(car, { search, found }, NOTHING)
}

describe('an analysis', () => {
  it('judges our price by those that are compared, and counts the others', () => {
    expect(analysed(6)).toMatchObject({
      search: { tier: 'exact' },
      listings: 7,
      complete: false,
      notes: ['There are more.'],
      figures: { sampleSize: 6, medianCents: 2_000_000 },
      verdict: { recommendation: 'high', priceToMarket: 115 },
      leftOut: { other_car: 1 },
    })
  })

  it('is enough from five cars on', () => {
    expect([0, 4, 5].map((count) => hasEnoughCars(analysed(count)))).toEqual([false, false, true])
    expect(analysed(0).figures).toBeNull()
  })
})
