import { describe, expect, it } from '@jest/globals'
import { schemaOrg } from '../../plugins/scraping/platforms/schema-org/index.ts'
import { expectFound, buildPage, expectProblem, readSavedPage } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const graph = () =>
  expectFound(schemaOrg.read(readSavedPage('schema-org/fixtures/graph.html'), {}, IN_DOLLARS))
const page = (...things: unknown[]) =>
  buildPage(
    `<html>${things.map((thing) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`).join('')}</html>`,
  )
const car = (more: object = {}) => ({ '@type': 'Car', name: '2020 Kia Soul', sku: 'S1', ...more })

describe('a page with JSON-LD', () => {
  it('is read with what templates leave in its scripts, and as an offer of a car', () => {
    const json = JSON.stringify(car())
    const scripts = [
      `//<![CDATA[\n${json}\n//]]>`,
      `<!-- ${json} -->`,
      json.replace('Kia', 'Kia\n\t'),
      json.replace(/}$/, ',}'),
      `${json};`,
      `\uFEFF${json}`,
      JSON.stringify({
        '@type': 'AutoDealer',
        makesOffer: [{ '@type': 'Offer', price: 20_000, itemOffered: car() }],
      }),
    ]
    const read = (script: string, type = 'application/ld+json') =>
      expectFound(
        schemaOrg.read(
          buildPage(`<html><script type="${type}">${script}</script></html>`),
          {},
          IN_DOLLARS,
        ),
      ).listings
    expect(scripts.filter((script) => read(script)[0]?.stockNumber !== 'S1')).toEqual([])
    expect(read(scripts.at(-1) ?? '')[0]?.priceCents).toBe(2_000_000)
    expect(read(json, 'Application/LD+JSON; charset=utf-8')).toHaveLength(1)
  })

  it('gives the cars of its graph and its lists, whatever their type is written like', () => {
    expect(graph().listings.map(({ title }) => title)).toEqual([
      '2016 Alfa Romeo 4C Spider',
      '2014 Volkswagen Passat',
      '1967 Ford Mustang',
    ])
  })

  it('gives kilometres as miles, and the offer that is in dollars', () => {
    expect(graph().listings).toMatchObject([
      {
        vin: 'ZARBAAC41FM129303',
        year: 2016,
        make: 'Alfa Romeo',
        model: '4C',
        trim: 'Spider',
        mileage: 45_000,
        priceCents: 3_990_000,
        exteriorColor: 'Rosso Alfa',
        drivetrain: 'RWD',
        engine: '1.7L I4',
        condition: 'Used',
        url: 'https://riverside.example/cars/1',
        imageUrl: 'https://riverside.example/photos/1.jpg',
        externalId: 'https://north.example/cars/1#car',
      },
      {
        vin: 'WVWZZZ3CZEE140287',
        stockNumber: 'V140287',
        mileage: 61_000,
        priceCents: 999_500,
        year: 2014,
        drivetrain: 'Front Wheel Drive',
        engine: '1.8L I4',
        condition: 'New',
        make: 'Volkswagen',
      },
      { vin: '7R02C123456', year: 1967, mileage: 88_000, priceCents: null },
    ])
  })

  it('leaves out a car that is sold, and does not count it as one that could not be read', () => {
    expect(graph().dropped).toEqual([])
    expect(
      expectFound(
        schemaOrg.read(
          page(car({ offers: { availability: 'https://schema.org/OutOfStock' } })),
          {},
          IN_DOLLARS,
        ),
      ),
    ).toMatchObject({
      listings: [],
      dropped: [],
    })
  })

  it('goes on where it says so', () => {
    expect(graph().next.map(({ url }) => url)).toEqual(['https://riverside.example/cars/page/2/'])
  })

  it('that only lists addresses leads to those at its own origin', () => {
    const { next } = expectFound(
      schemaOrg.read(readSavedPage('schema-org/fixtures/addresses.html'), {}, IN_DOLLARS),
    )
    expect(next.map(({ url, carry }) => [url, carry?.['step']])).toEqual([
      ['https://riverside.example/cars/1', 'car'],
      ['https://riverside.example/used?page=2', undefined],
    ])
  })

  it('of one car gives that car by its own address, even if it recommends others', () => {
    const one = {
      ...page(car(), car({ sku: 'S2', name: '2021 Kia Rio' })),
      request: { url: 'x', carry: { step: 'car' } },
    }
    expect(expectFound(schemaOrg.read(one, {}, IN_DOLLARS)).listings).toMatchObject([
      { stockNumber: 'S1', url: 'https://riverside.example/used' },
    ])
    expect(
      expectFound(schemaOrg.read({ ...one, body: '<html></html>' }, {}, IN_DOLLARS)),
    ).toMatchObject({
      listings: [],
      dropped: [{}],
    })
  })

  it('drops a script that is no JSON and reads the others; with none of them it is a problem', () => {
    const broken = '<script type="application/ld+json">{"@type":"Car",</script>'
    const whole = page(car())
    expect(
      expectFound(
        schemaOrg.read(
          { ...whole, body: whole.body.replace('<html>', `<html>${broken}`) },
          {},
          IN_DOLLARS,
        ),
      ),
    ).toMatchObject({
      listings: [{ stockNumber: 'S1' }],
      dropped: [{ why: 'It is not JSON.' }],
    })
    expect(
      expectProblem(schemaOrg.read(buildPage(`<html>${broken}</html>`), {}, IN_DOLLARS)),
    ).toContain('has no JSON-LD data')
    expect(expectProblem(schemaOrg.read(buildPage('<html></html>'), {}, IN_DOLLARS))).toContain(
      'has no JSON-LD data',
    )
  })

  it('may write its facts in any of the ways that people do', () => {
    const [listing] = expectFound(
      schemaOrg.read(
        page(
          car({
            brand: ['Kia', 'KIA'],
            model: { name: 'Soul' },
            modelDate: 2020,
            mileageFromOdometer: { value: '16,093', unitText: 'km' },
            offers: { '@type': 'AggregateOffer', lowPrice: '$12,995', priceCurrency: 'usd' },
            image: { '@type': 'ImageObject', url: '/a.jpg' },
          }),
        ),
        {},
        IN_DOLLARS,
      ),
    ).listings
    expect(listing).toMatchObject({
      make: 'Kia',
      model: 'Soul',
      year: 2020,
      mileage: 10_000,
      priceCents: 1_299_500,
    })
    expect(listing?.imageUrl).toBe('https://riverside.example/a.jpg')
  })
})
