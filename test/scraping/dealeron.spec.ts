import { describe, expect, it } from '@jest/globals'
import type { PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { dealerOn } from '../../plugins/scraping/platforms/dealeron/index.ts'
import { expectFound, buildPage, expectProblem, readSavedPage } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const first = () =>
  expectFound(dealerOn.read(readSavedPage('dealeron/fixtures/search-page.html'), {}, IN_DOLLARS))
    .next[0] as PageRequest
const cards = (file = 'cards.json', status = 200) =>
  dealerOn.read(
    readSavedPage(`dealeron/fixtures/${file}`, { request: first(), status }),
    {},
    IN_DOLLARS,
  )

describe('a DealerOn site', () => {
  it(
    'is asked for the cars of the dealer and page that it names, 24 at a time, the most that it ' +
      'heeds',
    () => {
      expect(first().url).toBe(
        'https://riverside.example/api/vhcliaa/vehicle-pages/cosmos/srp/vehicles/21044/187731?pt=1&pn=24&host=riverside.example',
      )
    },
  )

  it(
    'gives the asked price out of its base64 library, and neither the zero nor the MSRP beside ' +
      'it',
    () => {
      const { listings, sources } = expectFound(cards())
      expect(listings.map(({ stockNumber, priceCents }) => [stockNumber, priceCents])).toEqual([
        ['P1042A', 799_550],
        ['P1043', null],
        ['N77', 7_124_000],
      ])
      expect(sources.priceCents).toBe('VehiclePriceLibrary calc_INTERNET PRICE')
    },
  )

  it('gives every other fact of a car', () => {
    expect(expectFound(cards()).listings.slice(0, 2)).toMatchObject([
      {
        vin: '1HGCM82633A004352',
        year: 2003,
        make: 'Honda',
        model: 'Accord',
        trim: 'EX V-6',
        title: '2003 Honda Accord EX V-6',
        mileage: 121_450,
        exteriorColor: 'Satin Silver',
        fuelType: 'Gasoline',
        drivetrain: 'FWD',
        condition: 'Used',
        url: 'https://riverside.example/used-Springfield-2003-Honda-Accord-EX+V6-1HGCM82633A004352',
        imageUrl: 'https://riverside.example/inventoryphotos/21044/1hgcm82633a004352/ip/1.jpg',
      },
      { vin: 'WBAVL1C5XFVY41004', year: 2015, trim: null, mileage: 45_231 },
    ])
  })

  it('has advertisements among its cards, which are no cars, and drops a card that names none', () => {
    const { listings, dropped } = expectFound(cards())
    expect([listings.length, dropped.length, dropped[0]?.why]).toEqual([
      3,
      1,
      expect.stringContaining('Its VIN has an unexpected format'),
    ])
  })

  it('says how many cars and pages there are, and is asked for the next', () => {
    const { total, next } = expectFound(cards())
    expect([total, next.map(({ url }) => new URL(url).searchParams.get('pt'))]).toEqual([27, ['2']])
  })

  it('has no stock where it answers 404 without cards', () => {
    expect(expectFound(cards('no-stock.json', 404))).toMatchObject({
      listings: [],
      dropped: [],
      total: 0,
      next: [],
    })
  })

  it('is no empty lot where it answers 404 with cars, or with anything else', () => {
    expect(expectProblem(cards('cards.json', 404))).toContain(
      'responded with 404 but returned cars',
    )
    expect(expectProblem(cards('search-page.html', 404))).toContain('is not JSON')
  })

  it(
    'is read by its pages where it names no endpoint: addresses of cars at its own origin, each ' +
      'once, and the next page',
    () => {
      const { next } = expectFound(
        dealerOn.read(readSavedPage('dealeron/fixtures/plain-list.html'), {}, IN_DOLLARS),
      )
      expect(next.map(({ url }) => url)).toEqual([
        'https://riverside.example/used-2003-Honda-Accord',
        'https://riverside.example/used-2015-BMW-X1',
        'https://riverside.example/used?pt=2',
      ])
    },
  )

  it('tells on the page of a car what it asks for it, not its MSRP', () => {
    const page = readSavedPage('dealeron/fixtures/car-page.html', {
      request: { carry: { step: 'car' } },
    })
    expect(expectFound(dealerOn.read(page, {}, IN_DOLLARS)).listings).toMatchObject([
      {
        vin: '1HGCM82633A004352',
        stockNumber: 'P1042A',
        year: 2003,
        make: 'Honda',
        priceCents: 799_500,
        url: 'https://riverside.example/used',
      },
    ])
  })

  it('may lose a car while it is read: its page is gone, and the rest is not', () => {
    for (const page of [
      buildPage('Gone', { status: 404, request: { carry: { step: 'car' } } }),
      buildPage('<html></html>', { request: { carry: { step: 'car' } } }),
    ])
      expect(expectFound(dealerOn.read(page, {}, IN_DOLLARS))).toMatchObject({
        listings: [],
        dropped: [{ what: 'https://riverside.example/used' }],
      })
  })

  it('is not read where the page is another, is not there, or names ids that are none', () => {
    expect(
      expectProblem(dealerOn.read(buildPage('<html><body>Welcome</body></html>'), {}, IN_DOLLARS)),
    ).toContain('neither #dealeron_tagging_data nor')
    expect(expectProblem(dealerOn.read(buildPage('', { status: 404 }), {}, IN_DOLLARS))).toContain(
      '(404)',
    )
    const malformed =
      '<html><script ' +
      'id="dealeron_tagging_data">{"dealerId":"../../admin","pageId":1}</script></html>'
    expect(expectProblem(dealerOn.read(buildPage(malformed), {}, IN_DOLLARS))).toContain('neither')
  })
})
