import { describe, expect, it } from '@jest/globals'
import { analyzeCar, needsWiderSearch } from '../../plugins/market/domain/analysis.ts'
import type { Listing, Subject } from '../../plugins/market/domain/listing.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import { aListing, buildOwnCar, CONTEXT } from '../support/market.ts'

const car = { ...buildOwnCar(), cents: 2_300_000 }
const OPTIONS = {
  own: new Set<string>(),
  since: null,
  trimNames: [],
  currency: 'USD',
  bands: CONTEXT.bands,
}

/** What each search finds of these listings, up to the one of this number. */
const collect = (listings: readonly Listing[], searches: number, about: Subject = car) =>
  buildSearches(about)
    .slice(0, searches)
    .map((search) => ({
      search,
      found: {
        listings: listings.filter(
          ({ year, miles }) =>
            year >= search.fromYear &&
            year <= search.toYear &&
            (search.fromMiles === null || (miles ?? 0) >= search.fromMiles) &&
            (search.toMiles === null || (miles ?? 0) <= search.toMiles),
        ),
        complete: false,
        notes: ['There are more.'],
      },
    }))

const buildListings = (count: number, about: Partial<Listing> = {}) =>
  Array.from({ length: count }, (_, index) =>
    aListing({ key: `${JSON.stringify(about)} ${index}`, cents: 2_000_000, ...about }),
  )

/** The tier that an analysis of all searches chooses. */
const chooseTier = (listings: readonly Listing[], about: Partial<Subject> = {}) => {
  const subject = { ...car, ...about }
  return analyzeCar(subject, collect(listings, 3, subject), OPTIONS).tier.name
}

describe('an analysis', () => {
  it('judges our price by those that are compared, and counts the others', () => {
    const listings = [...buildListings(6), ...buildListings(2, { trim: 'Sport' })]
    expect(analyzeCar(car, collect(listings, 1), OPTIONS)).toMatchObject({
      tier: { name: 'same_trim' },
      listings: 8,
      complete: false,
      notes: ['There are more.'],
      figures: { sampleSize: 6, medianCents: 2_000_000, sameTrim: true },
      verdict: { recommendation: 'high', priceToMarket: 115 },
      leftOut: { trim: 2 },
    })
  })

  it('takes the narrowest tier with five cars', () => {
    const known = { drivetrain: 'AWD', engine: '2.0L I4' }
    const tiers = [
      buildListings(5, known),
      [...buildListings(4, known), ...buildListings(1)],
      [...buildListings(4), ...buildListings(1, { miles: 90_000 })],
      [...buildListings(4), ...buildListings(1, { year: 2020 })],
      [...buildListings(4), ...buildListings(1, { trim: null })],
      [...buildListings(4, { trim: 'Sport' }), ...buildListings(1, { miles: 90_000 })],
      [...buildListings(4, { trim: 'Sport' }), ...buildListings(1, { year: 2022 })],
    ].map((listings) => chooseTier(listings, known))
    expect(tiers).toEqual([
      'same_powertrain',
      'same_trim',
      'same_trim_more_miles',
      'same_trim_adjacent_years',
      'all_trims',
      'all_trims_more_miles',
      'all_trims_adjacent_years',
    ])
  })

  it('compares a car of an unknown trim with all trims', () => {
    expect(chooseTier(buildListings(9), { trim: null })).toBe('all_trims')
    expect(chooseTier(buildListings(9), { trim: '4D Sedan AWD' })).toBe('all_trims')
  })

  it('takes the tier with the most cars where none has five, and the widest of equal ones', () => {
    const listings = [...buildListings(2), ...buildListings(1, { trim: 'Sport' })]
    expect(chooseTier(listings)).toBe('all_trims_adjacent_years')
    expect(chooseTier([])).toBe('all_trims_adjacent_years')
    expect(analyzeCar(car, collect(listings, 3), OPTIONS)).toMatchObject({
      figures: { sampleSize: 3, interval: null },
      verdict: { recommendation: 'insufficient_data' },
    })
    expect(analyzeCar(car, collect([], 3), OPTIONS).figures).toBeNull()
  })

  it('needs a wider search until a tier has five cars and no narrower one waits for it', () => {
    const needs = (listings: readonly Listing[], about: Partial<Subject> = {}) => {
      const subject = { ...car, ...about }
      return [1, 2, 3].map((searches) =>
        needsWiderSearch(subject, collect(listings, searches, subject), OPTIONS),
      )
    }
    expect(needs(buildListings(5))).toEqual([false, false, false])
    expect(needs(buildListings(4))).toEqual([true, true, false])
    const others = buildListings(9, { trim: 'Sport' })
    expect(needs(others)).toEqual([true, true, false])
    expect(needs([...others, ...buildListings(5, { miles: 80_000 })])).toEqual([true, false, false])
    expect(needs(others, { trim: null })).toEqual([false, false, false])
  })
})
