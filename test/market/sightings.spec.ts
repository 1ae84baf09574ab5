import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Listing } from '../../plugins/market/domain/listing.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  type AboutSearch,
  anAccord,
  day,
  getSearch,
  openTransaction,
  record as recordOn,
  recordIn,
} from '../support/sightings.ts'

let forecourt: TestForecourt
beforeAll(async () => void (forecourt = await openForecourt()))
beforeEach(() => forecourt.sql('delete from market_sightings'))
afterAll(() => forecourt.close())

const record = (days: number, listings: Listing[], about?: AboutSearch) =>
  recordOn(forecourt, days, listings, about)

/** The sightings as they are kept, the first one first. */
const sightings = async () =>
  (
    await forecourt.sql(
      `select price::float8 as price, place, first_seen_at as first, last_seen_at as last,
        missed_at as missed, ended_at as ended, outcome
       from market_sightings order by first_seen_at, listing, place`,
    )
  ).rows

const FOR_SALE = { missed: null, ended: null, outcome: null }
const AT_20K = { price: 20_000, place: 'Northside Motors' }
const car = (about: Partial<Listing> = {}) => anAccord(1, { cents: 2_000_000, ...about })

describe('a car that searches find', () => {
  it('is kept with when it was seen first and last', async () => {
    expect(await record(0, [car()])).toEqual({ added: 1, repriced: 0, gone: 0 })
    expect(await record(3, [car()])).toEqual({ added: 0, repriced: 0, gone: 0 })
    expect(await sightings()).toEqual([{ ...AT_20K, ...FOR_SALE, first: day(0), last: day(3) }])
  })

  it('is kept with what is known of it', async () => {
    await record(0, [car({ drivetrain: null, listedAt: '2026-05-01T00:00:00.000Z' })])
    await record(1, [
      car({
        make: 'HONDA',
        drivetrain: 'FWD',
        engine: '1.5L I4',
        isNew: false,
        position: { latitude: 39.1, longitude: -94.4 },
        url: 'https://example.com/1',
        listedAt: '2026-05-01T00:00:00.000Z',
      }),
    ])
    const { rows } = await forecourt.sql('select * from market_sightings')
    expect(rows).toMatchObject([
      {
        source: 'auto.dev',
        listing: car().vin,
        vin: car().vin,
        year: 2021,
        make: 'honda',
        model: 'accord',
        trim: 'EX',
        drivetrain: 'FWD',
        engine: '1.5L I4',
        is_new: false,
        branded: false,
        miles: 30_000,
        city: 'Independence',
        state: 'MO',
        latitude: 39.1,
        longitude: -94.4,
        url: 'https://example.com/1',
        listed_at: new Date('2026-05-01T00:00:00.000Z'),
      },
    ])
  })

  it('with another price has another row, and the one before ends', async () => {
    await record(0, [car()])
    expect(await record(3, [car({ cents: 1_950_000 })])).toEqual({
      added: 1,
      repriced: 1,
      gone: 0,
    })
    expect(await sightings()).toEqual([
      { ...AT_20K, first: day(0), last: day(0), missed: null, ended: day(3), outcome: 'repriced' },
      { ...AT_20K, ...FOR_SALE, price: 19_500, first: day(3), last: day(3) },
    ])
  })

  it('without a price is still for sale at the last one, and is new only with one', async () => {
    await record(0, [car()])
    await record(3, [car({ cents: null }), anAccord(2, { cents: null }), anAccord(3, { cents: 0 })])
    expect(await sightings()).toEqual([{ ...AT_20K, ...FOR_SALE, first: day(0), last: day(3) }])
  })

  it('at two sellers is two cars for sale, each with its own price', async () => {
    const elsewhere = car({ dealer: 'Southside Cars', cents: 2_100_000 })
    await record(0, [car(), elsewhere])
    await record(3, [car({ cents: 1_900_000 }), elsewhere])
    expect((await sightings()).map(({ place, price, outcome }) => [place, price, outcome])).toEqual(
      [
        ['Northside Motors', 20_000, 'repriced'],
        ['Southside Cars', 21_000, null],
        ['Northside Motors', 19_000, null],
      ],
    )
  })

  it('twice at one seller is one car, at the lower price', async () => {
    await record(0, [car({ cents: 2_100_000 }), car(), car({ cents: null })])
    expect(await sightings()).toEqual([{ ...AT_20K, ...FOR_SALE, first: day(0), last: day(0) }])
  })

  it('without a VIN is known by the ID of its source; without either it is not kept', async () => {
    const noVin = car({ vin: null, key: 'ad 7', dealer: null })
    await record(0, [noVin, car({ vin: null, key: '' })])
    await record(3, [noVin])
    expect(await sightings()).toEqual([
      { ...AT_20K, ...FOR_SALE, place: '', first: day(0), last: day(3) },
    ])
  })

  it('is not kept where it is one of ours', async () => {
    await record(0, [car()], { own: new Set([car().vin ?? '']) })
    expect(await sightings()).toEqual([])
  })

  it('in two sources is kept for each', async () => {
    await record(0, [car()])
    await record(0, [car()], { source: 'competitors' })
    await record(3, [], { source: 'competitors' })
    await record(6, [], { source: 'competitors' })
    expect((await sightings()).map(({ outcome }) => String(outcome)).sort()).toEqual([
      'gone',
      'null',
    ])
  })

  it('is one of 500 that one statement records', async () => {
    const cars = Array.from({ length: 500 }, (_, index) => anAccord(index))
    expect(await record(0, cars)).toEqual({ added: 500, repriced: 0, gone: 0 })
    const cheaper = cars.slice(0, 300).map((one) => ({ ...one, cents: 2_400_000 }))
    expect(await record(3, cheaper)).toEqual({ added: 300, repriced: 300, gone: 0 })
    expect(await record(6, cheaper)).toEqual({ added: 0, repriced: 0, gone: 200 })
  })
})

describe('a car that a search does not find', () => {
  it('is missed at first, and is not if it is back', async () => {
    await record(0, [car()])
    await record(3, [])
    expect(await sightings()).toMatchObject([{ last: day(0), missed: day(3), ended: null }])
    await record(6, [car()])
    expect(await sightings()).toEqual([{ ...AT_20K, ...FOR_SALE, first: day(0), last: day(6) }])
  })

  it('is gone if the next one does not find it either, as of the first', async () => {
    await record(0, [car()])
    await record(3, [])
    expect(await record(6, [])).toEqual({ added: 0, repriced: 0, gone: 1 })
    expect(await sightings()).toMatchObject([
      { last: day(0), missed: day(3), ended: day(3), outcome: 'gone' },
    ])
    expect(await record(9, [])).toEqual({ added: 0, repriced: 0, gone: 0 })
  })

  it('is not gone because a market is searched again within twelve hours', async () => {
    await record(0, [car()])
    for (const hours of [0, 1, 11]) await record(3 + hours / 24, [])
    expect(await sightings()).toMatchObject([{ missed: day(3), ended: null }])
    await record(3.5, [])
    expect(await sightings()).toMatchObject([{ ended: day(3), outcome: 'gone' }])
  })

  it('has another row if it comes back after it was gone', async () => {
    await record(0, [car()])
    for (const days of [3, 6]) await record(days, [])
    await record(9, [car()])
    expect(await sightings()).toMatchObject([
      { outcome: 'gone', ended: day(3) },
      { outcome: null, first: day(9) },
    ])
  })

  it('is not missed by a search that is not complete', async () => {
    await record(0, [car()])
    for (const days of [3, 6]) await record(days, [anAccord(2)], { complete: false })
    expect((await sightings())[0]).toMatchObject(FOR_SALE)
  })

  it.each<[string, Partial<Listing>]>([
    ['of another year', { year: 2020 }],
    ['of another model', { model: 'Civic' }],
    ['of another make', { make: 'Acura' }],
    ['with fewer miles', { miles: 9_000 }],
    ['with more miles', { miles: 51_000 }],
    ['with almost as many miles as were searched for', { miles: 49_500 }],
    ['with unknown miles', { miles: null }],
  ])('is not missed where it is %s', async (_what, about) => {
    await record(0, [car(about)])
    for (const days of [3, 6]) await record(days, [])
    expect(await sightings()).toMatchObject([FOR_SALE])
  })

  it('is missed by a wider search, whatever its name is written like', async () => {
    await record(0, [
      car({ year: 2020, miles: 80_000, make: 'HONDA', model: 'ACCORD' }),
      anAccord(2, { miles: null }),
    ])
    await record(3, [], { search: getSearch('adjacent_years') })
    expect((await sightings()).map(({ missed }) => (missed as Date | null)?.getTime())).toEqual([
      day(3).getTime(),
      undefined,
    ])
  })

  it('is missed by a search without miles, whatever its miles are', async () => {
    const search = { ...getSearch(), fromMiles: null, toMiles: null }
    await record(0, [car({ miles: null }), anAccord(2, { miles: 200_000 })])
    await record(3, [], { search })
    expect((await sightings()).filter(({ missed }) => missed !== null)).toHaveLength(2)
  })

  it.each([
    ['the same area', { zip: '64055', radiusMiles: 100 }, true],
    ['a larger area around it', { zip: '64055', radiusMiles: 150 }, true],
    ['everywhere', null, true],
    ['a smaller area', { zip: '64055', radiusMiles: 50 }, false],
    ['an area around another place', { zip: '10001', radiusMiles: 500 }, false],
  ])('is missed only by searches of its area: %s', async (_what, area, isMissed) => {
    await record(0, [car()], { area: { zip: '64055', radiusMiles: 100 } })
    await record(3, [], { area })
    expect((await sightings()).map(({ missed }) => missed !== null)).toEqual([isMissed])
  })

  it('is not missed by a search of an area if it was seen everywhere', async () => {
    await record(0, [car()])
    for (const days of [3, 6]) await record(days, [], { area: { zip: '64055', radiusMiles: 100 } })
    expect(await sightings()).toMatchObject([FOR_SALE])
  })
})

describe('a search that is recorded again', () => {
  it('changes nothing', async () => {
    await record(0, [car(), anAccord(2)])
    const cheaper = [car({ cents: 1_900_000 })]
    await record(3, cheaper)
    const once = await sightings()
    expect(await record(3, cheaper)).toEqual({ added: 0, repriced: 0, gone: 0 })
    expect(await sightings()).toEqual(once)
  })

  it('is as if it had not been where its transaction is rolled back', async () => {
    const { context } = await openTransaction(forecourt)
    await recordIn(context, 0, [car()])
    await forecourt.payload.db.rollbackTransaction(context.transactionID as string)
    expect(await sightings()).toEqual([])
  })
})

describe('searches that overlap', () => {
  it('change nothing that a later one saw, if the earlier one is recorded last', async () => {
    await record(0, [car()])
    await record(3, [car({ cents: 1_900_000 }), anAccord(2)])
    const after = await sightings()
    expect(await record(2, [car({ cents: 2_200_000 })])).toEqual({
      added: 0,
      repriced: 0,
      gone: 0,
    })
    expect(await sightings()).toEqual(after)
  })

  it('wait for each other, and both are recorded', async () => {
    const cars = Array.from({ length: 50 }, (_, index) => anAccord(index))
    const first = await openTransaction(forecourt)
    const second = await openTransaction(forecourt)
    await recordIn(first.context, 0, cars)
    const waiting = recordIn(
      second.context,
      0.1,
      cars.toReversed().map((one) => ({ ...one, cents: 2_300_000 })),
    )
    await first.commit()
    expect(await waiting).toEqual({ added: 50, repriced: 50, gone: 0 })
    await second.commit()
    expect((await sightings()).filter(({ ended }) => ended === null)).toHaveLength(50)
  })
})
