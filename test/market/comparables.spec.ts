import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type ComparisonOptions,
  selectComparables,
} from '../../plugins/market/domain/comparables.ts'
import type { Listing } from '../../plugins/market/domain/listing.ts'
import type { TierName } from '../../plugins/market/domain/search.ts'
import { aListing, buildOwnCar, findTier } from '../support/market.ts'

const NOTHING: ComparisonOptions = { own: new Set<string>(), since: null, trimNames: [] }

/** Who is compared with our car at the tier of this name. */
const chosen = (
  listings: readonly Listing[],
  about = buildOwnCar(),
  options = NOTHING,
  tier: TierName = 'same_trim',
) => selectComparables(about, listings, findTier(tier, about), options)

const keys = (listings: readonly Listing[]) => listings.map(({ key }) => key)

describe('a listing is compared', () => {
  it('when it is of the same year, make and model, however these are written', () => {
    const listings = [
      aListing({ key: 'same' }),
      aListing({ key: 'written otherwise', make: 'HONDA', model: 'accord ' }),
      aListing({ key: 'another year', year: 2020 }),
      aListing({ key: 'another make', make: 'Acura' }),
      aListing({ key: 'another model', model: 'Civic' }),
    ]
    const { comparables, leftOut } = chosen(listings)
    expect(keys(comparables).sort()).toEqual(['same', 'written otherwise'])
    expect(leftOut.other_car).toBe(3)
  })

  it('of the years beside it, too, in the widest search', () => {
    const listings = [2019, 2020, 2021, 2022, 2023].map((year) =>
      aListing({ key: String(year), year }),
    )
    expect(
      keys(chosen(listings, buildOwnCar(), NOTHING, 'all_trims_adjacent_years').comparables).sort(),
    ).toEqual(['2020', '2021', '2022'])
  })

  it.each([
    [10_000, true],
    [9_999, false],
    [50_000, true],
    [50_001, false],
    [null, false],
  ])('with %j miles beside our 30,000: %j', (miles, compared) => {
    expect(chosen([aListing({ miles })]).leftOut.miles).toBe(compared ? 0 : 1)
  })

  it('whatever its miles where ours are not known', () => {
    const listings = [
      aListing({ key: 'none', miles: null }),
      aListing({ key: 'many', miles: 240_000 }),
    ]
    expect(chosen(listings, buildOwnCar({ miles: null })).comparables).toHaveLength(2)
  })

  it('at a price alone', () => {
    expect(chosen([aListing({ cents: null }), aListing({ cents: 0 })])).toMatchObject({
      comparables: [],
      leftOut: { no_price: 2 },
    })
  })

  it('never when the car is our own', () => {
    const own = new Set(['1HGCV1F30MA000002'])
    const listings = [...own, buildOwnCar().vin].map((vin) => aListing({ vin }))
    expect(chosen(listings, buildOwnCar(), { ...NOTHING, own })).toMatchObject({
      comparables: [],
      leftOut: { own: 2 },
    })
  })

  it('once a VIN, at its lowest price', () => {
    const vin = '1HGCV1F30MA000002'
    const listings = [26_000, 24_000, 25_000].map((dollars) =>
      aListing({ vin, key: String(dollars), cents: dollars * 100 }),
    )
    const { comparables, leftOut } = chosen(listings)
    expect([keys(comparables), leftOut.duplicate]).toEqual([['24000'], 2])
  })

  it('by its advertisement where it has no VIN: two cars without one are two cars', () => {
    const listings = [
      aListing({ key: 'one' }),
      aListing({ key: 'other' }),
      aListing({ key: 'one' }),
    ]
    expect(chosen(listings)).toMatchObject({
      comparables: [{ key: 'one' }, { key: 'other' }],
      leftOut: { duplicate: 1 },
    })
  })

  it('with a clean title beside a clean one, and a branded one beside a branded one', () => {
    const listings = [aListing({ key: 'clean' }), aListing({ key: 'salvage', branded: true })]
    expect(keys(chosen(listings).comparables)).toEqual(['clean'])
    expect(keys(chosen(listings, buildOwnCar({ branded: true })).comparables)).toEqual(['salvage'])
  })

  it('as branded when any listing of its VIN says so', () => {
    const vin = '1HGCV1F30MA000002'
    const listings = [
      aListing({ vin, key: 'says nothing' }),
      aListing({ vin, key: 'says salvage', branded: true }),
    ]
    expect(chosen(listings).comparables).toEqual([])
  })

  it('however long ago it was listed, as long as its source has it', () => {
    const listings = [aListing({ listedAt: '2020-01-01T00:00:00.000Z' })]
    const options = { ...NOTHING, since: '2026-02-01T00:00:00.000Z' }
    expect(chosen(listings, buildOwnCar(), options).comparables).toHaveLength(1)
  })

  it('as used beside a used one unless it is called new, and as new beside a new one', () => {
    const listings = [true, false, null].map((isNew) => aListing({ key: String(isNew), isNew }))
    const { comparables, leftOut } = chosen(listings)
    expect([keys(comparables).sort(), leftOut.condition]).toEqual([['false', 'null'], 1])
    expect(keys(chosen(listings, buildOwnCar({ isNew: true })).comparables)).toEqual(['true'])
  })

  it('in a tier of the same trim if its trim is known and the same, however it is written', () => {
    const listings = ['EX', 'ex', 'EX 4D Sedan', 'Accord EX', 'Sport', 'EX-L', null, '4D'].map(
      (trim) => aListing({ key: String(trim), trim }),
    )
    const { comparables, leftOut } = chosen(listings)
    expect(keys(comparables).sort()).toEqual(['Accord EX', 'EX', 'EX 4D Sedan', 'ex'])
    expect(leftOut.trim).toBe(4)
    expect(chosen(listings, buildOwnCar(), NOTHING, 'all_trims').comparables).toHaveLength(8)
  })

  it('by the table of trim names', () => {
    const trimNames = [{ make: 'HONDA', model: null, listedAs: 'EX w/Leather', trim: 'EX-L' }]
    const listings = [aListing({ trim: 'EX w/ leather' })]
    const ours = buildOwnCar({ trim: 'EX-L' })
    expect(chosen(listings, ours, { ...NOTHING, trimNames }).comparables).toHaveLength(1)
    expect(chosen(listings, ours).comparables).toHaveLength(0)
  })

  it('in a tier of the same powertrain if its drivetrain and engine are known and ours', () => {
    const ours = buildOwnCar({ drivetrain: 'All-wheel drive', engine: '2.0L I4 Turbo' })
    const listings = [
      { drivetrain: 'AWD', engine: '2.0L 4-Cyl' },
      { drivetrain: '4WD', engine: 'I4' },
      { drivetrain: 'FWD', engine: '2.0L I4' },
      { drivetrain: 'AWD', engine: '1.5L I4' },
      { drivetrain: 'AWD', engine: '2.0L Hybrid' },
      { drivetrain: 'AWD', engine: null },
      { drivetrain: null, engine: '2.0L I4' },
    ].map((about, index) => aListing({ key: String(index), ...about }))
    const { comparables, leftOut } = chosen(listings, ours, NOTHING, 'same_powertrain')
    expect([keys(comparables), leftOut.powertrain]).toEqual([['0', '1'], 5])
  })

  it('when it was seen lately, or it is not set when', () => {
    const listings = ['2026-01-31T23:59:59.000Z', '2026-02-01T00:00:00.000Z', null].map((seenAt) =>
      aListing({ key: String(seenAt), seenAt }),
    )
    const { comparables, leftOut } = chosen(listings, buildOwnCar(), {
      ...NOTHING,
      since: '2026-02-01T00:00:00.000Z',
    })
    expect(keys(comparables).sort()).toEqual(['2026-02-01T00:00:00.000Z', 'null'])
    expect(leftOut.old).toBe(1)
  })
})

describe('whatever is listed', () => {
  const anyListing = fc.record({
    vin: fc.option(
      fc.constantFrom(
        '1HGCV1F30MA000001',
        '1HGCV1F30MA000002',
        '1HGCV1F30MA000003',
        '1HGCV1F30MA000004',
      ),
    ),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    year: fc.integer({ min: 2019, max: 2023 }),
    model: fc.constantFrom('Accord', 'ACCORD', 'Civic'),
    cents: fc.option(fc.constantFrom(0, 2_000_000, 2_100_000, 2_200_000)),
    miles: fc.option(fc.integer({ min: 0, max: 120_000 })),
    branded: fc.boolean(),
    trim: fc.constantFrom('EX', 'ex Sedan', 'Sport', null),
    isNew: fc.constantFrom(true, false, null),
  })
  const listings = fc.array(anyListing.map(aListing), { maxLength: 30 })

  it('the order makes no difference', () => {
    const shuffled = listings.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(fc.property(shuffled, ([all, mixed]) => expect(chosen(mixed)).toEqual(chosen(all))))
  })

  it('a second copy of everything changes nobody who is compared', () => {
    fc.assert(
      fc.property(listings, (all) =>
        expect(chosen([...all, ...all]).comparables).toEqual(chosen(all).comparables),
      ),
    )
  })

  it('each listing is compared or left out for one reason', () => {
    fc.assert(
      fc.property(listings, (all) => {
        const { comparables, leftOut } = chosen(all)
        expect(
          comparables.length + Object.values(leftOut).reduce((sum, count) => sum + count, 0),
        ).toBe(all.length)
      }),
    )
  })
})
