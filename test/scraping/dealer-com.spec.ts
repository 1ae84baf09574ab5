import { describe, expect, it } from '@jest/globals'
import type { PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { dealerCom } from '../../plugins/scraping/platforms/dealer-com/index.ts'
import {
  parseRequestBody,
  expectFound,
  buildPage,
  expectProblem,
  readSavedPage,
} from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const first = () =>
  expectFound(dealerCom.read(readSavedPage('dealer-com/fixtures/index.html'), {}, IN_DOLLARS))
    .next[0] as PageRequest
const inventory = (file = 'inventory.json') =>
  dealerCom.read(readSavedPage(`dealer-com/fixtures/${file}`, { request: first() }), {}, IN_DOLLARS)

describe('a Dealer.com site', () => {
  it(
    'is asked for the list of the site that its page names, 48 cars at a time, from the page ' +
      'that asks',
    () => {
      expect(first()).toMatchObject({
        url: 'https://riverside.example/api/widget/ws-inv-data/getInventory',
        method: 'POST',
        headers: { origin: 'https://riverside.example', referer: 'https://riverside.example/used' },
      })
      expect(parseRequestBody(first())).toMatchObject({
        siteId: 'riversidemotorsddc',
        pageAlias: 'INVENTORY_LISTING_DEFAULT_AUTO_USED',
        includePricing: true,
        preferences: { pageSize: '48', 'listing.config.id': 'auto-used' },
        inventoryParameters: { start: ['0'] },
      })
    },
  )

  it('is asked for the next cars by an offset in inventoryParameters.start and nowhere else', () => {
    const { next, total } = expectFound(inventory())
    const requested = parseRequestBody(next[0] as PageRequest) as Record<string, unknown>
    expect([requested['inventoryParameters'], total]).toEqual([{ start: ['3'] }, 121])
    expect(JSON.stringify({ ...requested, inventoryParameters: null })).not.toMatch(
      /start|offset|pageNum/,
    )
  })

  it('gives the price of the class askingPrice; the retail price only where there is none', () => {
    expect(expectFound(inventory()).listings.map(({ priceCents }) => priceCents)).toEqual([
      2_599_800,
      1_499_000,
      null,
    ])
  })

  it('gives what stands in lists of names and values, in a language, in parts', () => {
    expect(expectFound(inventory()).listings.slice(0, 2)).toMatchObject([
      {
        vin: 'JM3TCBCY6M0454042',
        stockNumber: 'M454042',
        externalId: '6c1fdd0b0a0e0a17',
        title: '2021 Mazda CX-9 Grand Touring',
        year: 2021,
        make: 'Mazda',
        model: 'CX-9',
        trim: 'Grand Touring',
        mileage: 38_412,
        exteriorColor: 'Machine Gray',
        transmission: '6-Speed Automatic',
        fuelType: 'Gasoline',
        bodyStyle: 'SUV',
        drivetrain: 'AWD',
        engine: '2.5L I-4 gasoline',
        condition: 'Used',
        url: 'https://riverside.example/used/Mazda/2021-Mazda-CX-9-6c1f.htm',
        imageUrl: 'https://pictures.dealer.com/r/m454042.jpg',
      },
      { year: 2017, make: 'GMC', model: 'Terrain', trim: null, mileage: 71_002 },
    ])
  })

  it('answers who names the wrong list with cars without prices, and that is a problem', () => {
    expect(expectProblem(inventory('wrong-list.json'))).toContain(
      'does not know this siteId and listing.config.id',
    )
  })

  it('that heeds no offset and gives its first page again is not read as whole', () => {
    const again = expectFound(inventory()).next[0] as PageRequest
    const page = readSavedPage('dealer-com/fixtures/inventory.json', { request: again })
    expect(expectProblem(dealerCom.read(page, {}, IN_DOLLARS))).toContain(
      'Page 2 of the list repeats the cars of page 1',
    )
  })

  it('is not read where its page names no site or no list', () => {
    for (const body of ['<html></html>', '<html><script>var a={"siteId":"x"}</script></html>'])
      expect(expectProblem(dealerCom.read(buildPage(body), {}, IN_DOLLARS))).toContain(
        'has no siteId or listing.config.id',
      )
    expect(
      expectProblem(
        dealerCom.read(buildPage('{}', { status: 404, request: first() }), {}, IN_DOLLARS),
      ),
    ).toContain('(404)')
  })
})
