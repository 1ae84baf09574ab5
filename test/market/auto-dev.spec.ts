import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import {
  createAutoDevSource,
  type AutoDevOptions,
} from '../../plugins/market/adapters/auto-dev/index.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import {
  type AutoDevPeer,
  startAutoDevPeer,
  PEER_KEY,
  buildPeerListing,
} from '../support/auto-dev-peer.ts'
import { buildOwnCar } from '../support/market.ts'

let peer: AutoDevPeer
beforeAll(async () => {
  peer = await startAutoDevPeer()
})
afterEach(() => {
  peer.listings.length = 0
  peer.planLimit = 500
  peer.always(null)
})
afterAll(() => peer.stop())

const vinOf = (number: number) => `1HGCV1F30MA${String(number).padStart(6, '0')}`
const source = (about: Partial<AutoDevOptions> = {}) =>
  createAutoDevSource({ url: peer.url, key: PEER_KEY, area: null, ...about })
const buildContext = () => ({
  signal: new AbortController().signal,
  acquireSlot: () => Promise.resolve(),
})
const search = (about = buildOwnCar()) => {
  const [first] = buildSearches(about)
  if (!first) throw new Error('There is no search.')
  return first
}
const find = (about?: Partial<AutoDevOptions>, context = buildContext()) =>
  source(about).fetchListings(search(), context)
const fill = (count: number) =>
  peer.listings.push(
    ...Array.from({ length: count }, (_, index) => buildPeerListing(vinOf(index), 20_000 + index)),
  )
describe('a search', () => {
  it('asks for the car in question, near us, with the key in a header alone', async () => {
    await find({ area: { zip: '64055', radiusMiles: 150 } })
    const requests = peer.requests.at(-1)
    expect(Object.fromEntries(requests?.params ?? [])).toEqual({
      'vehicle.year': '2021',
      'vehicle.make': 'Honda',
      'vehicle.model': 'Accord',
      'retailListing.miles': '10000-50000',
      zip: '64055',
      distance: '150',
      sort: 'updatedAt.desc',
      limit: '100',
      page: '1',
    })
    expect(requests?.headers.authorization).toBe(`Bearer ${PEER_KEY}`)
  })

  it('asks for a range of years, and for no miles where they are not known', async () => {
    const [, wider] = buildSearches(buildOwnCar({ miles: null, model: 'Accord, Sport' }))
    if (wider) await source().fetchListings(wider, buildContext())
    const params = peer.requests.at(-1)?.params
    expect([
      params?.get('vehicle.year'),
      params?.get('vehicle.model'),
      params?.has('retailListing.miles'),
    ]).toEqual(['2020-2022', 'Accord  Sport', false])
  })

  it('gives listings in our words', async () => {
    peer.listings.push(
      buildPeerListing(vinOf(1), 24_500.5, {
        miles: 31_200,
        vehicle: { drivetrain: 'AWD', engine: '1.5L I4' },
      }),
    )
    expect(await find()).toEqual({
      complete: true,
      notes: [],
      listings: [
        {
          vin: vinOf(1),
          key: `https://api.auto.dev/listings/${vinOf(1)}`,
          year: 2021,
          make: 'Honda',
          model: 'Accord',
          trim: 'EX',
          drivetrain: 'AWD',
          engine: '1.5L I4',
          isNew: false,
          cents: 2_450_050,
          miles: 31_200,
          branded: false,
          dealer: 'Northside Motors',
          city: 'Independence',
          state: 'MO',
          position: { latitude: 39.1, longitude: -94.4 },
          url: `https://example.com/${vinOf(1)}`,
          listedAt: '2026-11-20T10:00:00.000Z',
          seenAt: null,
        },
      ],
    })
  })

  it('has no price of a car that nobody sells at retail, and of one that is offline', async () => {
    peer.listings.push(
      buildPeerListing(vinOf(1), 1, { retailListing: null }),
      buildPeerListing(vinOf(2), 20_000, { online: false }),
    )
    expect((await find()).listings.map(({ cents, miles }) => [cents, miles])).toEqual([
      [null, null],
      [null, 30_000],
    ])
  })

  it('knows a branded title by the words of the car and of its history', async () => {
    peer.listings.push(
      buildPeerListing(vinOf(1), 20_000, { vehicle: { trim: 'EX Salvage' } }),
      buildPeerListing(vinOf(2), 20_000, { history: { brandedTitle: true, accidentCount: 2 } }),
      buildPeerListing(vinOf(3), 20_000, { history: { titleStatus: 'Rebuilt' } }),
      buildPeerListing(vinOf(5), 20_000, { history: { title_brands: ['SALVAGE_CERTIFICATE'] } }),
      buildPeerListing(vinOf(6), 20_000, { history: { has_title_brand: true } }),
      buildPeerListing(vinOf(4), 20_000, {
        history: { brandedTitle: false, titleBrands: [], oneOwner: true, accidents: true },
      }),
    )
    expect((await find()).listings.map(({ branded }) => branded)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it('drops a row that cannot be read, and says how many', async () => {
    const malformed = buildPeerListing(vinOf(2), 20_000, { vehicle: { year: 'soon' } })
    peer.listings.push(
      buildPeerListing(vinOf(1), 20_000),
      malformed,
      buildPeerListing(vinOf(3), -5),
    )
    peer.next({ status: 200, body: { data: peer.listings, links: {} } })
    expect(await find()).toMatchObject({
      listings: [{ vin: vinOf(1) }],
      complete: false,
      notes: ['2 of the listings could not be read.'],
    })
  })

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z'])(
    'does not believe that a car was listed at %s',
    async (createdAt) => {
      peer.listings.push(buildPeerListing(vinOf(1), 20_000, { createdAt }))
      expect((await find()).listings).toMatchObject([{ vin: vinOf(1), listedAt: null }])
    },
  )

  it('has no address that is too long, rather than a part of it', async () => {
    const listing = buildPeerListing(vinOf(1), 20_000)
    const vdp = `https://example.com/${'a'.repeat(600)}`
    const withAddress = (address: string) => ({
      ...listing,
      retailListing: { ...listing.retailListing, vdp: address, dealer: '車'.repeat(500) },
    })
    const data = [withAddress(vdp), withAddress(vdp + 'a'.repeat(2_000))]
    peer.next({ status: 200, body: { data, links: {} } })
    expect((await find()).listings).toMatchObject([
      { url: vdp, dealer: '車'.repeat(200) },
      { url: null, dealer: '車'.repeat(200) },
    ])
  })

  it('has a listing whose VIN is none without one', async () => {
    peer.listings.push(buildPeerListing('NOT A VIN', 20_000))
    expect((await find()).listings).toMatchObject([
      { vin: null, key: 'https://api.auto.dev/listings/NOT A VIN' },
    ])
  })
})

describe('page by page', () => {
  it('reads them all where a plan cuts them short without a word, and notices', async () => {
    peer.planLimit = 20
    fill(50)
    const before = peer.requests.length
    const { listings, complete, notes } = await find()
    expect([new Set(listings.map(({ vin }) => vin)).size, complete]).toEqual([50, true])
    expect(notes).toEqual(['A page has 20 listings, but 100 were requested.'])
    expect(peer.requests.slice(before).map(({ params }) => params.get('page'))).toEqual([
      '1',
      '2',
      '3',
    ])
  })

  it('takes the cursor from the fiftieth page on, and never beside a page', async () => {
    peer.planLimit = 2
    fill(120)
    const before = peer.requests.length
    const { listings, complete } = await find({ maxListings: 1_000 })
    expect([new Set(listings.map(({ vin }) => vin)).size, complete]).toEqual([120, true])
    const places = peer.requests
      .slice(before)
      .map(({ params }) => [params.has('page'), params.has('cursor')])
    expect(places).toHaveLength(60)
    expect(places.slice(0, 50)).toEqual(Array(50).fill([true, false]))
    expect(places.slice(50)).toEqual(Array(10).fill([false, true]))
  })

  it('stops at as many as may be read, and says that there are more', async () => {
    fill(350)
    const { listings, complete, notes } = await find({ maxListings: 200 })
    expect([listings.length, complete, notes]).toEqual([
      200,
      false,
      ['There are more listings; the 200 most recently changed ones were read.'],
    ])
  })

  it('never follows a page to itself, nor to another address', async () => {
    const body = {
      data: [buildPeerListing(vinOf(1), 20_000)],
      links: { next: 'https://evil.example/listings?page=1&apiKey=x' },
    }
    const before = peer.requests.length
    peer.always({ status: 200, body })
    expect((await find()).complete).toBe(false)
    expect(peer.requests.length - before).toBe(1)
    peer.always({
      status: 200,
      body: { ...body, links: { next: 'https://evil.example/listings?page=2' } },
    })
    expect((await find()).listings).toHaveLength(2)
    expect(
      peer.requests.slice(before).every(({ headers }) => headers.host === new URL(peer.url).host),
    ).toBe(true)
  })

  it('takes a turn for each', async () => {
    fill(250)
    const turns: number[] = []
    await find(
      {},
      {
        ...buildContext(),
        acquireSlot: () => Promise.resolve(void turns.push(peer.requests.length)),
      },
    )
    expect(turns.map((at) => at - (turns[0] ?? 0))).toEqual([0, 1, 2])
  })
})

describe('a VIN', () => {
  const VIN = '1HGCM82633A004352'
  const decode = (vin = VIN) => source().decodeVin(vin, buildContext())
  const nothing = {
    trim: null,
    bodyStyle: null,
    engine: null,
    drivetrain: null,
    transmission: null,
    manufacturer: null,
  }

  it('is read, its year from the vehicle alone', async () => {
    const result = {
      trim: 'EX',
      body: 'Sedan',
      engine: '2.4L I4',
      drive: 'FWD',
      transmission: '5MT',
      ambiguous: false,
    }
    const vehicle = {
      vin: VIN,
      year: 2003,
      make: 'Honda',
      model: 'Accord',
      manufacturer: 'Honda of America',
    }
    peer.vins.set(VIN, {
      vin: VIN,
      vinValid: true,
      make: 'Honda',
      model: 'Accord',
      ...result,
      vehicle,
    })
    expect(await decode()).toEqual({
      vin: VIN,
      year: 2003,
      make: 'Honda',
      model: 'Accord',
      trim: 'EX',
      bodyStyle: 'Sedan',
      engine: '2.4L I4',
      drivetrain: 'FWD',
      transmission: '5MT',
      manufacturer: 'Honda of America',
      partial: false,
    })
  })

  it('may be read in part: a make, an empty model, no year', async () => {
    const vin = 'WBAKV210500V39117'
    peer.vins.set(vin, {
      vin,
      vinValid: true,
      make: 'BMW',
      model: '',
      vehicle: { vin, make: 'BMW', model: '' },
    })
    expect(await decode(vin)).toEqual({
      vin,
      year: null,
      make: 'BMW',
      model: null,
      ...nothing,
      partial: true,
    })
  })

  it('is read from the older shape, too', async () => {
    peer.vins.set(VIN, {
      vin: VIN,
      make: { id: 1, name: 'Honda' },
      model: { name: 'Accord' },
      engine: { cylinder: 4 },
      years: [{ year: 2003 }],
    })
    expect(await decode()).toEqual({
      vin: VIN,
      year: 2003,
      make: 'Honda',
      model: 'Accord',
      ...nothing,
      partial: false,
    })
    peer.vins.set(VIN, {
      vin: VIN,
      make: { name: 'Honda' },
      model: { name: 'Accord' },
      years: [{ year: 2003 }, { year: 2004 }],
    })
    expect((await decode())?.partial).toBe(true)
  })

  it('is nothing to auto.dev where it does not know it, and refused where it is none', async () => {
    expect(await decode('1HGCM82633A000000')).toBeNull()
    await expect(decode('short')).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('INVALID_VIN_FORMAT'),
    })
  })
})
