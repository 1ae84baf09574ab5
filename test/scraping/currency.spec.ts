import { describe, expect, it } from '@jest/globals'
import { custom } from '../../plugins/scraping/platforms/custom/index.ts'
import { dealerCom } from '../../plugins/scraping/platforms/dealer-com/index.ts'
import { schemaOrg } from '../../plugins/scraping/platforms/schema-org/index.ts'
import { getScrapingOptions, resolveScrapingSettings } from '../../plugins/scraping/options.ts'
import { readSettings } from '../../src/env.ts'
import { buildPage, expectFound } from '../support/saved-page.ts'

/** Reads pages as a Forecourt with this setting does. */
const readIn = (currency: string) => {
  const { priceFormat } = resolveScrapingSettings(
    getScrapingOptions(readSettings({ CURRENCY: currency })),
  )
  return { priceFormat }
}

const readOffer = (currency: string, offers: object) => {
  const car = { '@type': 'Car', name: '2020 Kia Soul', sku: 'S1', offers }
  const script = `<script type="application/ld+json">${JSON.stringify(car)}</script>`
  const { listings } = expectFound(
    schemaOrg.read(buildPage(`<html>${script}</html>`), {}, readIn(currency)),
  )
  return listings[0]?.priceCents
}

const readCard = (currency: string, price: string) => {
  const settings = {
    listing: '.car',
    fields: { title: 'h2', stockNumber: '.stock', price: '.price' },
  }
  const html = `<html><div class="car"><h2>2020 Kia Soul</h2><i class="stock">S1</i>
    <b class="price">${price}</b></div></html>`
  const { listings } = expectFound(custom.read(buildPage(html), settings, readIn(currency)))
  return listings[0]?.priceCents
}

const readInventory = (currency: string, price: string) => {
  const body = JSON.stringify({
    inventory: [
      {
        vin: '1HGCM82633A004352',
        stockNumber: 'S1',
        title: ['2020 Kia Soul'],
        pricing: { dprice: [{ typeClass: 'internetPrice', label: 'Price', value: price }] },
      },
    ],
    pageInfo: { totalCount: 1 },
  })
  const carry = {
    step: 'inventory',
    list: 'https://dealer.example/used',
    siteId: 'site',
    pageAlias: 'USED',
    pageId: 'page',
    configId: 'auto-used',
    windowId: 'window',
    start: 0,
  }
  const url = 'https://dealer.example/api'
  const page = {
    ...buildPage(body),
    url,
    request: { url, carry },
    contentType: 'application/json',
  }
  return expectFound(dealerCom.read(page, {}, readIn(currency))).listings[0]?.priceCents
}

describe('a site of a competitor', () => {
  it.each([
    ['USD', '$20,000', '€20,000'],
    ['EUR', '€20,000', '$20,000'],
    ['CAD', '$20,000', 'US$20,000'],
    ['GBP', '£20,000', '€20,000'],
  ])('with CURRENCY=%s has prices in %s and not in %s', (currency, ours, foreign) => {
    for (const readPrice of [readCard, readInventory]) {
      expect(readPrice(currency, ours)).toBe(2_000_000)
      expect(readPrice(currency, foreign)).toBeNull()
    }
    expect(readCard(currency, `<s>${ours.replace('20', '22')}</s> ${ours}`)).toBe(2_000_000)
  })

  it.each(['USD', 'EUR', 'CAD'])('with CURRENCY=%s has offers in it and not in others', (ours) => {
    const prices = ['USD', 'EUR', 'CAD'].map((priceCurrency) =>
      readOffer(ours, { '@type': 'Offer', price: 20_000, priceCurrency }),
    )
    expect(prices).toEqual(
      ['USD', 'EUR', 'CAD'].map((currency) => (currency === ours ? 2_000_000 : null)),
    )
  })
})
