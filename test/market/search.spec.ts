import { describe, expect, it } from '@jest/globals'
import {
  buildSearches,
  buildTiers,
  describeTier,
  isDifferentCar,
} from '../../plugins/market/domain/search.ts'
import { buildOwnCar } from '../support/market.ts'

describe('what is looked for', () => {
  it(
    'is the same car with 20,000 miles more or less, then 50,000 more, then of the years beside ' +
      'it',
    () => {
      const named = { make: 'Honda', model: 'Accord' }
      expect(buildSearches(buildOwnCar({ miles: 90_000 }))).toEqual([
        {
          reach: 'near_miles',
          ...named,
          fromYear: 2021,
          toYear: 2021,
          fromMiles: 70_000,
          toMiles: 110_000,
        },
        {
          reach: 'more_miles',
          ...named,
          fromYear: 2021,
          toYear: 2021,
          fromMiles: 20_000,
          toMiles: 160_000,
        },
        {
          reach: 'adjacent_years',
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
    expect(searches.map(({ reach, fromMiles, toMiles }) => [reach, fromMiles, toMiles])).toEqual([
      ['near_miles', null, null],
      ['adjacent_years', null, null],
    ])
  })

  it('has no bounds for a new car, whose few miles do not matter', () => {
    const searches = buildSearches(buildOwnCar({ miles: 12, isNew: true }))
    expect(searches.map(({ reach, fromMiles }) => [reach, fromMiles])).toEqual([
      ['near_miles', null],
      ['adjacent_years', null],
    ])
  })
})

describe('a tier', () => {
  const known = { drivetrain: 'AWD', engine: '2.0L I4' }

  it('is described in words', () => {
    const car = buildOwnCar(known)
    expect(buildTiers(car, []).map(({ name }) => describeTier(name, car))).toEqual([
      'same trim, drivetrain and engine, same year, within 20,000 miles',
      'same trim, same year, within 20,000 miles',
      'same trim, same year, within 70,000 miles',
      'same trim, same and adjacent years, within 70,000 miles',
      'all trims, same year, within 20,000 miles',
      'all trims, same year, within 70,000 miles',
      'all trims, same and adjacent years, within 70,000 miles',
    ])
  })

  it.each([
    [{ drivetrain: 'AWD' }, 'same trim and drivetrain, same year, within 20,000 miles'],
    [{ engine: '2.0L I4' }, 'same trim and engine, same year, within 20,000 miles'],
    [{ ...known, miles: null }, 'same trim, drivetrain and engine, same year, any mileage'],
    [{ ...known, isNew: true }, 'same trim, drivetrain and engine, same year, new cars'],
  ])('of the same powertrain claims no more than is known: %j', (about, words) => {
    expect(describeTier('same_powertrain', buildOwnCar(about))).toBe(words)
  })

  it('of the same powertrain is there if ours is known, and of the same trim if ours is', () => {
    const names = (about: object) => buildTiers(buildOwnCar(about), []).map(({ name }) => name)
    expect(names({})[0]).toBe('same_trim')
    expect(names({ ...known, trim: null })).toEqual([
      'all_trims',
      'all_trims_more_miles',
      'all_trims_adjacent_years',
    ])
    expect(names({ miles: null })).not.toContain('same_trim_more_miles')
  })
})

describe('a car that was corrected', () => {
  it.each([
    ['year', buildOwnCar({ year: 2020 })],
    ['make', buildOwnCar({ make: 'Acura' })],
    ['model', buildOwnCar({ model: 'Civic' })],
    ['title', buildOwnCar({ branded: true })],
    ['miles', buildOwnCar({ miles: 50_001 })],
    ['trim', buildOwnCar({ trim: 'Sport' })],
    ['trim, which was unknown before', buildOwnCar({ trim: null })],
    ['drivetrain', buildOwnCar({ drivetrain: 'AWD' })],
    ['engine', buildOwnCar({ engine: 'Hybrid' })],
    ['condition', buildOwnCar({ isNew: true })],
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
    buildOwnCar({ trim: 'ex Sedan 4D' }),
    buildOwnCar({ drivetrain: 'unknown' }),
  ])('is the same one: %j', (after) => {
    expect([isDifferentCar(buildOwnCar(), after), isDifferentCar(after, buildOwnCar())]).toEqual([
      false,
      false,
    ])
  })
})
