import { describe, expect, it } from '@jest/globals'
import { isOtherCar, searchesFor } from '../../plugins/market/domain/search.ts'
import { ourCar } from '../support/market.ts'

describe('what is looked for', () => {
  it('is the same car with 20,000 miles more or less, then 50,000 more, then of the years beside it', () => {
    const named = { make: 'Honda', model: 'Accord' }
    expect(searchesFor(ourCar({ miles: 90_000 }))).toEqual([
      { tier: 'exact', ...named, fromYear: 2021, toYear: 2021, fromMiles: 70_000, toMiles: 110_000 },
      { tier: 'more_miles', ...named, fromYear: 2021, toYear: 2021, fromMiles: 20_000, toMiles: 160_000 },
      { tier: 'more_miles_and_years', ...named, fromYear: 2020, toYear: 2022, fromMiles: 20_000, toMiles: 160_000 },
    ])
  })

  it('never has fewer than 500 miles', () => {
    expect(searchesFor(ourCar({ miles: 12_000 })).map(({ fromMiles }) => fromMiles)).toEqual([500, 500, 500])
  })

  it('has no bounds where the miles of the car are not known, and so one search less', () => {
    const searches = searchesFor(ourCar({ miles: null }))
    expect(searches.map(({ tier, fromMiles, toMiles }) => [tier, fromMiles, toMiles])).toEqual([
      ['exact', null, null],
      ['more_miles_and_years', null, null],
    ])
  })
})

describe('a car that was corrected', () => {
  it.each([
    ['year', ourCar({ year: 2020 })],
    ['make', ourCar({ make: 'Acura' })],
    ['model', ourCar({ model: 'Civic' })],
    ['title', ourCar({ branded: true })],
    ['miles', ourCar({ miles: 50_001 })],
  ])('is another one with another %s', (_what, after) => {
    expect([isOtherCar(ourCar(), after), isOtherCar(after, ourCar())]).toEqual([true, true])
  })

  it.each([
    ourCar({ make: 'HONDA', model: 'accord ' }),
    ourCar({ vin: '1HGCV1F30MA000002' }),
    ourCar({ miles: 50_000 }),
    ourCar({ miles: null }),
  ])('is the same one: %j', (after) => {
    expect([isOtherCar(ourCar(), after), isOtherCar(after, ourCar())]).toEqual([false, false])
  })
})
