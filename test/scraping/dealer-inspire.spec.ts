import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type { PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { dealerInspire } from '../../plugins/scraping/platforms/dealer-inspire/index.ts'
import {
  parseRequestBody,
  expectFound,
  buildPage,
  expectProblem,
  readSavedPage,
} from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const first = (config: JsonObject = {}) =>
  expectFound(
    dealerInspire.read(
      readSavedPage('dealer-inspire/fixtures/search-page.html'),
      config,
      IN_DOLLARS,
    ),
  ).next[0] as PageRequest
const search = () =>
  dealerInspire.read(
    readSavedPage('dealer-inspire/fixtures/found.json', { request: first() }),
    {},
    IN_DOLLARS,
  )
const withService = (service: string) =>
  buildPage(`<html><script>var SEARCH_SERVICE = ${service};</script></html>`)

describe('a DealerInspire site', () => {
  it('is asked at the service and with the key that its page names', () => {
    expect(first()).toMatchObject({
      url: 'https://inventory-service.example/api/v1/listings/5370411/search',
      method: 'POST',
      headers: { 'x-api-key': 'Ab3-public.key' },
    })
    expect(parseRequestBody(first())).toMatchObject({
      page: 1,
      perPage: 20,
      facetFilters: {},
      filters: { status: ['publish', 'modified', 'pend-sale'] },
    })
  })

  it('is asked for a part of its stock where the competitor’s settings say which', () => {
    expect(
      parseRequestBody(first({ facetFilters: { type_slug: ['used'], year: [2021] } })),
    ).toMatchObject({
      facetFilters: { type_slug: ['used'], year: [2021] },
    })
    expect(dealerInspire.checkConfig?.({})).toBeNull()
    expect(dealerInspire.checkConfig?.({ facetFilters: { type_slug: 'used' } })).toContain(
      '{ "facetFilters": { "type_slug": ["used"] } }',
    )
    expect(dealerInspire.checkConfig?.({ filters: {} })).toContain('filters')
  })

  it('gives what it asks, and the MSRP only of a new car', () => {
    const { listings, dropped, total } = expectFound(search())
    expect(listings.map(({ stockNumber, priceCents }) => [stockNumber, priceCents])).toEqual([
      ['H1140', 2_148_800],
      ['C668790', null],
      ['F10526', 7_124_000],
      ['X1', null],
    ])
    expect([dropped.length, total, listings[3]?.vin]).toEqual([0, 41, '1FTFW1EF7BFB11754'])
    expect(listings[0]).toMatchObject({
      vin: 'KM8K2CAB4PU001140',
      year: 2023,
      make: 'Hyundai',
      model: 'Kona',
      trim: 'SEL',
      mileage: 18_220,
      title: '2023 Hyundai Kona SEL',
      exteriorColor: 'Pulse Red',
      bodyStyle: 'SUV',
      drivetrain: 'AWD',
      condition: 'Used',
      transmission: 'Automatic',
      fuelType: 'Gasoline',
      imageUrl: 'https://vehicle-images.example/h1140-1.jpg',
    })
    expect(listings[1]?.url).toBe('https://riverside.example/inventory/c668790/')
  })

  it('is asked for the next page until as many were seen as there are', () => {
    const [second] = expectFound(search()).next
    expect([parseRequestBody(second as PageRequest), second?.carry]).toMatchObject([
      { page: 2 },
      { seen: 4 },
    ])
    const last = readSavedPage('dealer-inspire/fixtures/found.json', {
      request: { ...first(), carry: { ...first().carry, seen: 37 } },
    })
    expect(expectFound(dealerInspire.read(last, {}, IN_DOLLARS)).next).toEqual([])
  })

  it('may write its service as JavaScript does', () => {
    const page = withService("{apiUrl: 'https://a.example/', ccid: 77, apiKey: 'k'}")
    expect(expectFound(dealerInspire.read(page, {}, IN_DOLLARS)).next[0]?.url).toBe(
      'https://a.example/api/v1/listings/77/search',
    )
  })

  it('is not asked at an address that is neither its own nor https', () => {
    const malformed = withService('{"apiUrl":"http://10.0.0.7:8080","ccid":"1","apiKey":"k"}')
    expect(expectProblem(dealerInspire.read(malformed, {}, IN_DOLLARS))).toContain(
      "not the page's own origin and does not use https",
    )
    for (const apiUrl of ['file:///etc', 'javascript:1', 'https://u:p@a.example', ''])
      expect(
        'problem' in
          dealerInspire.read(
            withService(JSON.stringify({ apiUrl, ccid: '1', apiKey: 'k' })),
            {},
            IN_DOLLARS,
          ),
      ).toBe(true)
  })

  it('is not read where it has no such service', () => {
    expect(
      expectProblem(
        dealerInspire.read(
          buildPage('<html><body class="dealerinspire">Algolia</body></html>'),
          {},
          IN_DOLLARS,
        ),
      ),
    ).toContain('no SEARCH_SERVICE')
  })
})
