import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type {
  Listing,
  Page,
  PageFound,
  PageRequest,
  Platform,
} from '../../plugins/scraping/domain/pages.ts'
import { parseText } from '../../plugins/scraping/domain/listing-values.ts'
import { findPlatform } from '../../plugins/scraping/platforms/index.ts'
import type { Kind } from '../support/dealer-sites/index.ts'
import { filesUnder, read, readJson } from '../support/repository-files.ts'
import { type MalformedCar, buildMalformedCar, WRITERS } from '../support/malformed-lists.ts'
import { expectFound, buildPage, expectProblem } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const SETTINGS = readJson('plugins/scraping/platforms/custom/fixtures/settings.json') as JsonObject
const KINDS = [
  'dealeron',
  'dealer-com',
  'dealer-inspire',
  'dealer-center',
  'dealersync',
  'schema-org',
  'custom',
] as const
const LONGEST: Partial<Record<keyof Listing, number>> = {
  vin: 17,
  stockNumber: 100,
  externalId: 255,
  url: 500,
  title: 255,
  make: 100,
  model: 100,
  trim: 100,
  exteriorColor: 100,
  transmission: 50,
  fuelType: 50,
  bodyStyle: 50,
  drivetrain: 50,
  engine: 100,
  condition: 50,
  imageUrl: 500,
}

function platform(kind: Kind): Platform {
  const named = findPlatform(kind)
  if (!named) throw new Error(`No platform ${kind}.`)
  return named
}

const config = (kind: Kind): JsonObject => (kind === 'custom' ? SETTINGS : {})
const first = (kind: Kind): PageRequest => {
  const [file = ''] = filesUnder(`plugins/scraping/platforms/${kind}/fixtures`).filter((name) =>
    /(search-page|index)\.html$/.test(name),
  )
  return expectFound(platform(kind).read(buildPage(read(file)), {}, IN_DOLLARS))
    .next[0] as PageRequest
}

/**
 * What is asked of each kind where its cars are: the list itself, or the endpoint that its first
 * page names.
 */
const listRequest = (kind: Kind): Partial<PageRequest> =>
  kind === 'dealeron' || kind === 'dealer-com' || kind === 'dealer-inspire' ? first(kind) : {}

describe.each(KINDS)('a hostile page of the kind %s', (kind) => {
  const readPage = (body: string) =>
    platform(kind).read(buildPage(body, { request: listRequest(kind) }), config(kind), IN_DOLLARS)
  const readCars = (...cars: MalformedCar[]): PageFound =>
    expectFound(readPage(WRITERS[kind](cars)))

  it.each([
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '"text"',
    '<',
    '\0\u0001\uFFFD',
    '{"a":',
    '<!doctype html><html><body>',
    '[[[[[[',
  ])('of garbage is a problem and no error: %j', (body) => {
    expect(readPage(body)).toEqual({ problem: expect.any(String) })
  })

  it('that breaks off anywhere is never read as whole', () => {
    const whole = WRITERS[kind]([
      buildMalformedCar({}, 1),
      buildMalformedCar({}, 2),
      buildMalformedCar({}, 3),
    ])
    const closed = whole.lastIndexOf('</body>')
    for (let end = 0; end < (closed < 0 ? whole.length : closed); end += 7)
      expect(readPage(whole.slice(0, end))).toHaveProperty('problem')
  })

  it('keeps scripts in a title as text, and control characters out of it', () => {
    const { listings } = readCars(
      buildMalformedCar({ title: '<script>alert(1)</script> \u0007\u202E2020 Kia' }),
    )
    expect(listings[0]?.title ?? '').toContain('<script>alert(1)</script>')
    expect(JSON.stringify(listings)).not.toMatch(/\\u0007|\u202E/)
  })

  it('fits every column, however long its texts are', () => {
    const long = 'Ferrari 🚗 '.repeat(5_000)
    const { listings } = readCars(
      buildMalformedCar({
        title: long,
        stock: long,
        url: `/${'x'.repeat(400)}`,
        price: '1'.repeat(5_000),
      }),
    )
    const [listing] = listings
    const values: Record<string, unknown> = { ...listing }
    for (const [field, most] of Object.entries(LONGEST))
      expect(parseText(values[field], 10_000)?.length ?? 0).toBeLessThanOrEqual(most)
    expect(listing?.priceCents).toBeNull()
    expect(JSON.stringify(listing?.raw).length).toBeLessThan(20_000)
  })

  it.each(['-$5,000', '1e300', '99999999999999999999', 'NaN', 'Infinity', '$1 $2', 'free!', '0'])(
    'takes no price of %j',
    (price) => {
      expect(readCars(buildMalformedCar({ price })).listings).toMatchObject([{ priceCents: null }])
    },
  )

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://a:b@c.example/',
  ])('takes no address of %j', (url) => {
    expect(readCars(buildMalformedCar({ url })).listings).toMatchObject([
      { url: null, stockNumber: 'S0' },
    ])
  })

  it('takes no VIN that does not hold, and keeps the car', () => {
    const vins = ['1HGCM82643A004352', '11111111111111111', 'CALL', 'x'.repeat(5_000)]
    const { listings } = readCars(...vins.map((vin, i) => buildMalformedCar({ vin }, i)))
    expect(listings.map(({ vin, stockNumber }) => [vin, stockNumber])).toEqual(
      vins.map((_, i) => [null, `S${i}`]),
    )
  })

  it('of ten thousand cars is read, all of it', () => {
    const cars = Array.from({ length: 10_000 }, (_, i) => buildMalformedCar({}, i))
    expect(readCars(...cars).listings).toHaveLength(10_000)
  })

  it('of five megabytes without a car is answered, by a problem or by no car', () => {
    for (const filler of [
      '<div>',
      '<b><p>',
      '{"a":[',
      'x ',
      '<script type="application/ld+json">',
    ]) {
      const answer = readPage(
        '<!doctype html><html><body class="dws- ' +
          `ds-">${filler.repeat(Math.ceil(5_000_000 / filler.length))}</body></html>`,
      )
      expect('problem' in answer ? [] : answer.listings).toEqual([])
    }
  })

  it('poisons no object', () => {
    const poison = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},'
    const body = WRITERS[kind]([buildMalformedCar()]).replaceAll('{"', `{${poison}"`)
    expect(expectFound(readPage(body)).listings).toHaveLength(1)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('is recognised or not, without an error', () => {
    for (const body of ['', '\0', '{', '<script type="application/ld+json">[', '['.repeat(100_000)])
      expect(typeof platform(kind).recognizes(buildPage(body))).toBe('boolean')
  })
})

describe('an answer that lies', () => {
  const dealerCom = (total: unknown, start: number): Page => {
    const request = {
      ...first('dealer-com'),
      carry: { ...first('dealer-com').carry, start, page: 2, first: [], last: [] },
    }
    return buildPage(JSON.stringify({ inventory: [], pageInfo: { totalCount: total } }), {
      request,
    })
  }

  it(
    'about how many cars there are ends where it has no more, and its total tells that they ' +
      'were not all',
    () => {
      expect(
        expectFound(platform('dealer-com').read(dealerCom(1_000_000, 48), {}, IN_DOLLARS)),
      ).toMatchObject({
        listings: [],
        total: 1_000_000,
        next: [],
      })
    },
  )

  it.each([-1, 1e300, 'many', 1.5, null])('says no total by %j, and is none to read', (total) => {
    expect(
      expectProblem(platform('dealer-com').read(dealerCom(total, 48), {}, IN_DOLLARS)),
    ).toContain('does not include the number of cars')
  })

  it('nested a hundred thousand deep is no car and no error', () => {
    const deep = `${'{"a":['.repeat(100_000)}${']}'.repeat(100_000)}`
    const read = platform('schema-org').read(
      buildPage(`<html><script type="application/ld+json">${deep}</script></html>`),
      {},
      IN_DOLLARS,
    )
    expect('problem' in read || read.listings.length === 0).toBe(true)
  })
})
