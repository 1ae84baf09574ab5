import { describe, expect, it } from '@jest/globals'
import { isDifferentCar, buildSearches } from '../../plugins/market/domain/search.ts'
import { buildOwnCar } from '../support/market.ts'

describe('what is looked for', () => {
  it(
    'is the same car with 20,000 miles more or less, then 50,000 more, then of the years beside ' +
      'it',
    () => {
      const named = { make: 'Honda', model: 'Accord' }
      expect(buildSearches(buildOwnCar({ miles: 90_000 }))).toEqual([
        {
          tier: 'exact',
          ...named,
          fromYear: 2021,
          toYear: 2021,
          fromMiles: 70_000,
          toMiles: 110_000,
        },
        {
          tier: 'more_miles',
          ...named,
          fromYear: 2021,
          toYear: 2021,
          fromMiles: 20_000,
          toMiles: 160_000,
        },
        {
          tier: 'more_miles_and_years',
          ...named,
          fromYear: 2020,
          toYear: 2022,
          fromMiles: 20_000,
          toMiles: 160_000,
        },
      ])
    },
  )

  it('never has fewer than 500 miles', () => {
    expect(buildSearches(buildOwnCar({ miles: 12_000 })).map(({ fromMiles }) => fromMiles)).toEqual(
      [500, 500, 500],
    )
  })

  it('has no bounds where the miles of the car are not known, and so one search less', () => {
    const searches = buildSearches(buildOwnCar({ miles: null }))
    expect(searches.map(({ tier, fromMiles, toMiles }) => [tier, fromMiles, toMiles])).toEqual([
      ['exact', null, null],
      ['more_miles_and_years', null, null],
    ])
  })
})

describe('a car that was corrected', () => {
  it.each([
    ['year', buildOwnCar({ year: 2020 })],
    ['make', buildOwnCar({ make: 'Acura' })],
    ['model', buildOwnCar({ model: 'Civic' })],
    ['title', buildOwnCar({ branded: true })],
    ['miles', buildOwnCar({ miles: 50_001 })],
  ])('is another one with another %s', (_what, after) => {
    expect([isDifferentCar(buildOwnCar(), after), isDifferentCar(after, buildOwnCar())]).toEqual([
      true,
      true,
    ])
  })

  it.each([
    buildOwnCar({ make: 'HONDA', model: 'accord ' }),
    buildOwnCar({ vin: '1HGCV1F30MA000002' }),
    buildOwnCar({ miles: 50_000 }),
    buildOwnCar({ miles: null }),
  ])('is the same one: %j', (after) => {
    expect([isDifferentCar(buildOwnCar(), after), isDifferentCar(after, buildOwnCar())]).toEqual([
      false,
      false,
    ])
  })
})
