import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type { PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { custom } from '../../plugins/scraping/platforms/custom/index.ts'
import { dealerCenter } from '../../plugins/scraping/platforms/dealer-center/index.ts'
import { dealerCom } from '../../plugins/scraping/platforms/dealer-com/index.ts'
import { dealerInspire } from '../../plugins/scraping/platforms/dealer-inspire/index.ts'
import { dealerOn } from '../../plugins/scraping/platforms/dealeron/index.ts'
import { dealersync } from '../../plugins/scraping/platforms/dealersync/index.ts'
import { schemaOrg } from '../../plugins/scraping/platforms/schema-org/index.ts'
import { expectFound, buildPage, readSavedPage } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'
import { measureCost } from '../support/processor-time.ts'

const STYLE =
  '<style>@media all { .gone, a:hover, b::after { text-decoration-line: line-through } } .x ' +
  '{</style>'
const STYLED =
  '<style>.gone, ul > .past b { color: red; text-decoration: red line-through } .now { ' +
  'text-decoration: underline }</style>'

/**
 * The price of a card with these prices in it, in dollars, as each kind of card of HTML has them.
 */
const CARDS: [
  string,
  (price: (inner: string, marks?: string) => string, prices: string, head: string) => number | null,
][] = [
  [
    'DealerCenter',
    (_price, prices, head) =>
      read(
        dealerCenter,
        `${head}<div class="dws-vehicle-listing-item-info dws-listing-item"><h3 ` +
          `class="dws-listing-title"><a href="/v/1">2003 Honda Accord EX</a></h3>${prices}</div>`,
      ),
  ],
  [
    'Dealersync',
    (_price, prices, head) =>
      read(
        dealersync,
        `${head}<div class="ds-vehicle-list-item" data-stock-no="A1"><h2 ` +
          'class="ds-listview-vehicle-title"><a href="/v/1">2003 Honda Accord ' +
          `EX</a></h2>${prices}</div>`,
      ),
  ],
  [
    'a site of its own',
    (_price, prices, head) =>
      read(
        custom,
        `${head}<li class="car"><h2><a href="/v/1">2003 Honda Accord EX</a></h2>${prices}</li>`,
        {
          listing: '.car',
          fields: { url: 'h2 a', title: 'h2', price: '.price' },
        },
      ),
  ],
]
const CLASSES: Record<string, string> = {
  DealerCenter: 'dws-vehicle-price-value',
  Dealersync: 'ds-listview-value',
  'a site of its own': 'price',
}

function read(platform: typeof custom, body: string, config: JsonObject = {}): number | null {
  const [listing] = expectFound(
    platform.read(buildPage(`<html><body>${body}</body></html>`), config, IN_DOLLARS),
  ).listings
  return listing?.priceCents ? listing.priceCents / 100 : null
}

describe.each(CARDS)('a card of %s', (kind, readCard) => {
  const name = CLASSES[kind] ?? ''
  const price = (inner: string, marks = '') => `<span class="${name} ${marks}">${inner}</span>`
  const readPrice = (prices: string, head = '') => readCard(price, prices, head)

  it.each<[string, string, number | null]>([
    ['s inside', price('<s>$8,990</s>') + price('$7,990'), 7_990],
    ['s around', `<s>${price('$8,990')}</s>${price('$7,990')}`, 7_990],
    ['del with its new price', price('<del>$8,990</del> <ins>$7,990</ins>'), 7_990],
    ['strike, deep', price('<b><strike><i>$8,990</i></strike></b>') + price('$7,990'), 7_990],
    [
      'a style',
      price('<i style="color:red;TEXT-DECORATION: line-through">$8,990</i>') + price('$7,990'),
      7_990,
    ],
    [
      'a style of the line alone',
      price('<i style="text-decoration-line: underline line-through">$8,990</i>$7,990'),
      7_990,
    ],
    [
      'a style around',
      `<p style="text-decoration:line-through">${price('$8,990')}</p>${price('$7,990')}`,
      7_990,
    ],
    ['nothing else', price('<s>$8,990</s>'), null],
    ['nothing else around', `<del>${price('$8,990')}</del>`, null],
    ['the class old', price('$8,990', 'price-old') + price('$7,990'), 7_990],
    ['the class was around', `<div class="was">${price('$8,990')}</div>${price('$7,990')}`, 7_990],
    ['the class msrp', price('$8,990', 'msrpPrice') + price('$7,990'), 7_990],
    ['the class msrp alone', price('$8,990', 'msrp'), null],
    [
      'the class strikethrough inside',
      price('<i class="text_strikethrough">$8,990</i> $7,990'),
      7_990,
    ],
    ['the class line-through', price('$8,990', 'line-through') + price('$7,990'), 7_990],
    ['words', price('Was $8,990') + price('Now $7,990'), 7_990],
    ['words in one', price('<b>MSRP</b> <i>$8,990</i> <b>Our price</b> <i>$7,990</i>'), 7_990],
    ['what is saved', price('Save $1,000') + price('$7,990'), 7_990],
    ['a class of what is saved', price('$7,990 <i class="savings">$1,000</i>'), 7_990],
    ['a payment', price('$199<small>/mo</small>') + price('$7,990'), 7_990],
    ['a payment alone', price('$199/mo'), null],
    ['a down payment', price('$2,000 down') + price('$7,990'), 7_990],
    ['no sign at all: the lowest', price('$8,990') + price('$7,990'), 7_990],
    ['no sign at all: the lowest of any order', price('$7,990') + price('$8,990'), 7_990],
    ['no sign, in elements of one', price('<i>$8,990</i><i>$7,990</i>'), 7_990],
    ['no sign and too low to be a price', price('$7,990') + price('$500'), 7_990],
    ['no sign in one text: none', price('$8,990 $7,990'), null],
    ['one price in pieces', price('$<b>7</b>,990'), 7_990],
    ['classes that only look so', price('$7,990', 'gold was-validated household'), 7_990],
    [
      'its label',
      `<dl><dt>MSRP</dt><dd>${price('$8,990')}</dd><dt>Price</dt><dd>${price('$9,990')}</dd></dl>`,
      9_990,
    ],
    ['its label alone', `<b>MSRP:</b> ${price('$8,990')}`, null],
    [
      'a label of what is saved',
      `<p>You Save ${price('$3,990')}</p><p>Price ${price('$7,990')}</p>`,
      7_990,
    ],
    ['a label of a payment', `<label>Est. Payment</label>${price('$199')}`, null],
    ['a label of a down payment', `<i>Down Payment</i><b>${price('$2,000')}</b>`, null],
    ['what stands behind it', `${price('$199')}<sup>*</sup><small>/mo</small>`, null],
    ['what stands behind it, in words', `${price('$2,000')} <small>down</small>`, null],
    ['what stands behind it, of the maker', `${price('$8,990')}<small>MSRP</small>`, null],
    ['no label but praise', `<i>Price Drop</i>${price('$7,990')}<i>Savings explained</i>`, 7_990],
    [
      'no label but that of the next',
      `${price('$7,990')}<p>MSRP <s>$8,990</s></p><p>Savings: $1,000</p>`,
      7_990,
    ],
    [
      'no label but a payment before it',
      `<p>$199/mo with $2,000 down</p>${price('$7,990')}`,
      7_990,
    ],
    ['a class in one word', price('$8,990', 'oldprice') + price('$9,990'), 9_990],
    ['a class for wide screens', price('$8,990', 'md:line-through') + price('$9,990'), 9_990],
    [
      'nothing but its place, which is hidden',
      `<p hidden>${price('$6,990')}</p>${price('$7,990')}`,
      7_990,
    ],
  ])('has an old price by %s', (_how, prices, expected) => {
    expect(readPrice(prices)).toBe(expected)
  })

  it('has an old price by the styles of its page', () => {
    expect(readPrice(price('$8,990', 'gone') + price('$7,990', 'now'), STYLED)).toBe(7_990)
    expect(
      readPrice(
        `<ul><li class="past"><b>${price('$8,990')}</b></li></ul>${price('$9,990', 'now')}`,
        STYLED,
      ),
    ).toBe(9_990)
    expect(readPrice(price('$8,990', 'gone'), STYLED)).toBeNull()
    expect(readPrice(price('$8,990', 'gone') + price('$7,990'), STYLE)).toBe(7_990)
    expect(
      readPrice(
        '<i style="text-decoration: none">' + price('$7,990', 'now') + '</i>',
        STYLED + STYLE,
      ),
    ).toBe(7_990)
  })

  it('has an old price by that style of its page which counts', () => {
    const line = 'text-decoration:line-through'
    const readStyled = (css: string, marks = 'x') =>
      readPrice(`<p id="p">${price('$7,990', marks)}</p>`, `<style>${css}</style>`)
    const struck = [
      `.y::after,.x{${line}}`,
      `.y:unheard(1),.x{${line}}`,
      `<!-- .x{${line}} -->`,
      `#p{& .x{${line}}}`,
      `:root{--old:line-through}.x{text-decoration:var(--old)}`,
      `.x{${line};`,
      `.x{${line}!important}#p .x{text-decoration:none}`,
      Array.from({ length: 150 }, (_, at) => `.k${at}{${line}}`).join('') + `.x{${line}}`,
    ]
    expect(struck.filter((css) => readStyled(css) !== null)).toEqual([])
    const shown = [
      `.x{${line}}.x{text-decoration:none}`,
      `.${name}{${line}}.${name}.x{text-decoration:none}`,
      `#p .x{text-decoration:none}.x{${line}}`,
      `@media print{.x{${line}}}`,
      `.x:hover{${line}}`,
      `.x::after{${line}}`,
    ]
    expect(shown.filter((css) => readStyled(css) !== 7_990)).toEqual([])
  })

  it('styles that are never closed cost no more than a few tries to read them', async () => {
    const readUnclosed = (blocks: number) => {
      const styles = `<style>b{text-decoration:line-through}${'a{'.repeat(blocks)}</style>`
      return Promise.resolve(readPrice(price('$7,990'), styles))
    }
    const cost = await measureCost(
      () => readUnclosed(400),
      () => readUnclosed(4_000),
      (dollars) => expect(dollars).toBe(7_990),
    )
    // a try for each block, each of which reads all of it again, would cost a hundred times as much
    expect(cost).toBeLessThan(40)
  })
})

it('an attribute of a site of its own is read where it is not struck through', () => {
  const config = {
    listing: '.car',
    fields: { url: 'a', title: 'a', price: { selector: '.price', attribute: 'data-price' } },
  }
  const prices =
    '<s><b class="price" data-price="8990"></b></s><b class="price" data-price="7990"></b>'
  expect(
    read(custom, `<li class="car"><a href="/v/1">2003 Honda Accord</a>${prices}</li>`, config),
  ).toBe(7_990)
})

describe('an answer of JSON', () => {
  const first = (platform: typeof custom, file: string) =>
    expectFound(platform.read(readSavedPage(file), {}, IN_DOLLARS)).next[0] as PageRequest
  const price = (platform: typeof custom, body: object, request: Partial<PageRequest>) => {
    const [listing] = expectFound(
      platform.read(buildPage(JSON.stringify(body), { request }), {}, IN_DOLLARS),
    ).listings
    return listing?.priceCents ? listing.priceCents / 100 : null
  }
  const ofDealerCom = (pricing: object) =>
    price(
      dealerCom,
      {
        inventory: [{ stockNumber: 'A1', title: '2020 Kia Soul', pricing }],
        pageInfo: { totalCount: 1 },
      },
      first(dealerCom, 'dealer-com/fixtures/index.html'),
    )
  const entry = (typeClass: string, value: unknown, label = '') => ({ typeClass, value, label })

  it.each<[object, number | null]>([
    [{ dprice: [entry('msrp', '$9,000'), entry('askingPrice', '$8,000')] }, 8_000],
    [
      {
        dprice: [entry('strikethrough', '$9,000'), entry('internetPrice', '$8,000')],
        retailPrice: '$9,000',
      },
      8_000,
    ],
    [{ dprice: [entry('strikethrough', '$9,000')], retailPrice: '$9,000' }, null],
    [
      { dprice: [entry('askingPrice', '$9,000', 'Was'), entry('askingPrice', '$8,000', 'Now')] },
      8_000,
    ],
    [
      { dprice: [entry('askingPrice', '<s>$9,000</s>'), entry('finalPrice', '<b>$8,000</b>')] },
      null,
    ],
    [{ dprice: [entry('askingPrice', '<del><b>$9,000</b></del> <ins>$8,000</ins>')] }, 8_000],
    [
      {
        dprice: [
          entry('discount', '$1,000'),
          entry('retailValue', '$9,000'),
          entry('salePrice', '$8,000'),
        ],
      },
      8_000,
    ],
    [{ dprice: [entry('monthlyPayment', '$199')], retailPrice: '$9,000' }, 9_000],
    [{ dprice: [{ value: { en_US: '$8,000' }, typeClass: { en_US: 'askingPrice' } }] }, 8_000],
    [
      {
        dprice: [
          entry('', '$7,000', 'Kelley Blue Book'),
          entry('', '$6,000', 'Customer Cash'),
          entry('', '$8,000', 'Price'),
        ],
      },
      8_000,
    ],
    ['$8,000' as unknown as object, 8_000],
  ])('of Dealer.com: %j', (pricing, expected) => {
    expect(ofDealerCom(pricing)).toBe(expected)
  })

  it.each<[string, number | null]>([
    ['MSRP:9000;Internet Was Price:8800;Dealer Discount:1000;Internet Price:8000;', 8_000],
    ['MSRP:9000;Your Savings:1000;Our Discount:500;', null],
    ['Est. Internet Payment:199;Selling Price:8000;', 8_000],
    [
      'Dealer Installed Options:1000;Dealer Cash:500;Your Trade Value:3000;Selling Price:8000;',
      8_000,
    ],
    ['Retail Price:9000;Cash Price:8000;', 8_000],
    ['Retail:9000;', 9_000],
    ['calc_PRICE:8000', 8_000],
    ['Sale Ends:20261201;', null],
  ])('of DealerOn: %j', (library, expected) => {
    const card = {
      VehicleVin: '1HGCM82633A004352',
      VehicleName: '2003 Honda',
      VehiclePriceLibrary: Buffer.from(library).toString('base64'),
    }
    const body = {
      Paging: { PaginationDataModel: { TotalCount: 1, TotalPages: 1 } },
      DisplayCards: [{ VehicleCard: card }],
    }
    expect(price(dealerOn, body, first(dealerOn, 'dealeron/fixtures/search-page.html'))).toBe(
      expected,
    )
  })

  it.each<[object, number | null]>([
    [{ our_price: '<s>$9,000</s> $8,000' }, 8_000],
    [{ our_price: '<s>$9,000</s>', price: 8_500 }, 8_500],
    [{ our_price: 'Was $9,000', msrp: 9_000 }, null],
  ])('of DealerInspire: %j', (pricing, expected) => {
    const body = {
      data: { listings: [{ stock: 'A1', make: 'Kia', pricing }], total_vehicle_count: 1 },
    }
    expect(
      price(dealerInspire, body, first(dealerInspire, 'dealer-inspire/fixtures/search-page.html')),
    ).toBe(expected)
  })

  const TYPE = 'https://schema.org/'
  it.each<[unknown, number | null]>([
    [
      {
        price: 8_000,
        priceSpecification: [{ price: 9_000, priceType: `${TYPE}StrikethroughPrice` }],
      },
      8_000,
    ],
    [
      {
        price: 9_000,
        priceSpecification: [{ price: 9_000, priceType: `${TYPE}ListPrice` }, { price: 8_000 }],
      },
      8_000,
    ],
    [{ priceSpecification: { price: 9_000, priceType: `${TYPE}MSRP` } }, null],
    [
      {
        priceSpecification: [
          { price: 9_000, priceType: 'MSRP' },
          { price: 8_000, priceType: `${TYPE}SalePrice` },
        ],
      },
      8_000,
    ],
    [{ price: 9_000, priceSpecification: { price: 8_000, priceType: `${TYPE}SalePrice` } }, 8_000],
    [{ price: 9_000, priceSpecification: { price: 9_000, priceType: `${TYPE}ListPrice` } }, 9_000],
    [{ price: 9_000, priceSpecification: { price: 199, unitText: 'MONTH' } }, 9_000],
    [
      [
        { price: 199, businessFunction: 'http://purl.org/goodrelations/v1#LeaseOut' },
        { price: 9_000 },
      ],
      9_000,
    ],
    [[{ price: 9_000 }, { price: 8_000 }], 8_000],
    [{ price: '<del>$9,000</del>' }, null],
    [{ price: 9_000, priceCurrency: 'CAD' }, null],
    [{ price: 9_000, priceCurrency: 'US Dollar' }, 9_000],
    [{ price: 9_000, name: 'MSRP' }, null],
    [{ price: 9_000, name: '2021 Toyota Tacoma TRD Off Road' }, 9_000],
    [{ priceSpecification: { price: 199, unitText: 'per month' } }, null],
  ])('of schema.org: %j', (offers, expected) => {
    const thing = JSON.stringify({
      '@type': 'Car',
      sku: 'S1',
      name: '2020 Kia Soul',
      offers,
    }).replaceAll('<', '\\u003c')
    expect(read(schemaOrg, `<script type="application/ld+json">${thing}</script>`)).toBe(expected)
  })
})
