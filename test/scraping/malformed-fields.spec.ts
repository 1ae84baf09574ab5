import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type { Listing } from '../../plugins/scraping/domain/pages.ts'
import type { Kind } from '../support/dealer-sites/index.ts'
import {
  type JsonKind,
  KINDS,
  MALFORMED_VALUES,
  getPlatform,
} from '../support/malformed-json-listings.ts'
import { expectFound, buildPage, expectProblem } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const VIN = '1FTFW1EF7BFB11754'
const OTHER = '1HGCM82633A004352'
/** What the car number 1 is called. */
const NAMES = ['A1', 'u1', '/v/1', 'https://a.example/1', VIN]

/** Every place in a value of JSON: `pricing`, `pricing.dprice`, `pricing.dprice.0`, … */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [
    [...path, key],
    ...placesIn(one, [...path, key]),
  ])
}

function withMalformed(car: JsonObject, path: readonly string[], malformed: unknown): JsonObject {
  const copy = structuredClone(car)
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy)
  holder[path.at(-1) ?? ''] = malformed
  return copy
}

const named = ({ vin, stockNumber, url, externalId }: Listing) =>
  [vin, stockNumber, url, externalId].some(Boolean)

describe.each(Object.entries(KINDS) as [Kind, JsonKind][])(
  'a listing of %s',
  (kind, { request, car, page }) => {
    const pageRequest = request()
    const readCars = (...cars: unknown[]) =>
      expectFound(
        getPlatform(kind).read(buildPage(page(cars), { request: pageRequest }), {}, IN_DOLLARS),
      )
    const whole = car(VIN, 1)
    const well = car(OTHER, 2)

    it('gives every fact where all are as they are expected', () => {
      const [listing] = readCars(whole, well).listings
      expect(listing).toMatchObject({
        vin: VIN,
        stockNumber: 'A1',
        year: 2020,
        make: 'Honda',
        model: 'CR-V',
        trim: 'EX',
        priceCents: 2_000_000,
      })
      expect([
        listing?.mileage,
        listing?.exteriorColor,
        listing?.imageUrl,
        listing?.unread,
      ]).toEqual([12_000, 'Gray', 'https://riverside.example/1.jpg', undefined])
    })

    it('is kept by its other names, whatever any of its values is', () => {
      const lost = placesIn(whole)
        .filter(([key]) => key !== '@type')
        .flatMap((path) => {
          const isName = NAMES.includes(
            path.reduce<unknown>((at, key) => (at as JsonObject)[key], whole) as string,
          )
          const pages = isName
            ? MALFORMED_VALUES.map((malformed) => [withMalformed(whole, path, malformed)])
            : [
                MALFORMED_VALUES.map((malformed, at) =>
                  withMalformed(car(null, at + 10), path, malformed),
                ),
              ]
          return pages.flatMap((cars) => {
            const { listings, dropped } = readCars(...cars, well)
            return listings.length === cars.length + 1 &&
              dropped.length === 0 &&
              listings.every(named)
              ? []
              : [{ path, cars, dropped }]
          })
        })
      expect(lost).toEqual([])
    })

    it('is kept where all its values but one name are odd, and says which could not be read', () => {
      const names = Object.keys(whole).filter((key) => NAMES.includes(whole[key] as string))
      const but = (kept: readonly string[], malformed: unknown) =>
        Object.fromEntries(
          Object.keys(whole).map((key) => [
            key,
            kept.includes(key) || key === '@type' ? whole[key] : malformed,
          ]),
        )
      const lost = names.flatMap((name) =>
        MALFORMED_VALUES.filter((malformed) => {
          const { listings, dropped } = readCars(but([name], malformed), well)
          return listings.length !== 2 || dropped.length > 0
        }).map((malformed) => ({ name, malformed })),
      )
      expect(lost).toEqual([])
      expect(readCars(but(names, { odd: true }), well).listings[0]?.unread).toEqual(
        expect.arrayContaining(['priceCents', 'year', 'model']),
      )
    })

    it('is dropped where it has no name or is no object, with whatever names a car in it', () => {
      const nameless = Object.fromEntries(
        Object.entries(whole).filter(([key]) => /type|year|make|brand/i.test(key)),
      )
      expect(readCars(nameless, well).dropped).toMatchObject([{ why: expect.any(String) }])
      const hidden = readCars(
        { ...nameless, note: { text: `Ask for ${VIN}` }, 'stock-label': 'A7', more_link: '/v/7' },
        well,
      ).dropped[0]
      expect(hidden?.mentions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ vin: VIN }),
          expect.objectContaining({ stockNumber: 'A7' }),
          expect.objectContaining({ url: 'https://riverside.example/v/7' }),
        ]),
      )
      if (kind === 'schema-org') return
      const broken = [VIN, 7, [VIN], true].map((value) => readCars(value, well))
      expect(broken.map(({ listings, dropped }) => listings.length + dropped.length)).toEqual([
        2, 2, 2, 2,
      ])
      expect(broken[0]?.dropped[0]?.mentions).toMatchObject([{ vin: VIN }])
    })
  },
)

describe('a card of HTML', () => {
  const cards: [Kind, string, string, JsonObject][] = [
    ['dealer-center', '<div class="dws-vehicle-listing-item-info dws-listing-item">', '</div>', {}],
    ['dealersync', '<div class="ds-vehicle-list-item">', '</div>', {}],
    [
      'custom',
      '<li class="car">',
      '</li>',
      {
        listing: '.car',
        fields: { stockNumber: '.stock', url: 'h2 a', title: 'h2', price: '.price' },
      },
    ],
  ]
  it.each(cards)(
    'that cannot be read holds the cars that it mentions: %s',
    (kind, start, end, config) => {
      const cards = [
        `${start}<p>${VIN}</p><p>Stock # A7</p><b><a href="/v/7">See it</a></b>${end}`,
        `${start}Loading…${end}`,
      ]
      const good =
        `${start}<h2 class="dws-listing-title ds-listview-vehicle-title"><a href="/v/1">2020 ` +
        `Honda CR-V</a></h2>${end}`
      const readBody = (body: string) =>
        getPlatform(kind).read(buildPage(`<html><body>${body}</body></html>`), config, IN_DOLLARS)
      const { listings, dropped } = expectFound(readBody(good + cards.join('')))
      expect([listings.length, dropped.length]).toEqual([1, 2])
      const names = [...(dropped[0]?.names ?? []), ...(dropped[0]?.mentions ?? [])]
      expect(
        names.some(({ vin }) => vin === VIN) && names.some(({ url }) => url?.endsWith('/v/7')),
      ).toBe(true)
      expect(names.some(({ stockNumber }) => stockNumber === 'A7')).toBe(true)
      expect([dropped[1]?.names, dropped[1]?.mentions]).toEqual([undefined, undefined])
      const loading = [
        '<a href="#">Save</a>',
        '<svg id="heart"></svg>',
        '<img src="/1.jpg" data-url="/1.jpg">',
        '<a href="/used">Back</a>',
      ]
      const nameless = loading.map(
        (inner) => expectFound(readBody(`${good}${start}${inner}${end}`)).dropped[0]?.mentions,
      )
      expect(nameless).toEqual(loading.map(() => undefined))
      const beside = expectFound(readBody(`${good}${start}<dt>Stock #</dt><dd>A7</dd>${end}`))
        .dropped[0]?.mentions
      expect(beside).toMatchObject([{ stockNumber: 'A7' }])
      expect(expectProblem(readBody(cards.join('')))).toContain(
        'None of the 2 listings could be read',
      )
    },
  )
})
