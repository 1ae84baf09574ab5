import { describe, expect, it } from '@jest/globals'
import { parsePriceCents } from '../../plugins/scraping/domain/listing-values.ts'
import { createPriceFormat } from '../../plugins/scraping/domain/price-format.ts'

const parse = (currency: string, text: string) => parsePriceCents(text, createPriceFormat(currency))

describe('a price', () => {
  it.each([
    ['USD', '$20,000'],
    ['USD', 'US$20,000'],
    ['USD', '20,000 USD'],
    ['EUR', '€20,000'],
    ['EUR', '€ 20,000.00'],
    ['EUR', '20,000 €'],
    ['EUR', '20,000 EUR'],
    ['EUR', '20,000 euros'],
    ['CAD', '$20,000'],
    ['CAD', 'C$20,000'],
    ['CAD', 'CA$20,000'],
    ['CAD', '20,000 CAD'],
    ['CAD', '20,000 CDN'],
    ['GBP', '£20,000'],
    ['CHF', 'CHF 20,000'],
    ['SEK', '20,000 kr'],
    ['BRL', 'R$20,000'],
    ['EUR', '20,000'],
  ])('in our currency %s is read: %s', (currency, text) => {
    expect(parse(currency, text)).toBe(2_000_000)
  })

  it.each([
    ['USD', '€20,000'],
    ['USD', '20,000 EUR'],
    ['USD', 'C$20,000'],
    ['USD', 'R$20,000'],
    ['EUR', '$20,000'],
    ['EUR', 'US$20,000'],
    ['EUR', 'CA$20,000'],
    ['EUR', '20,000 USD'],
    ['EUR', '£20,000'],
    ['CAD', 'US$20,000'],
    ['CAD', '20,000 USD'],
    ['CAD', 'A$20,000'],
    ['GBP', '$20,000'],
    ['SEK', '20,000 EUR'],
  ])('in another currency than %s is not: %s', (currency, text) => {
    expect(parse(currency, text)).toBeNull()
  })

  it.each([
    ['EUR', '-€20,000'],
    ['EUR', '(€1,000)'],
    ['EUR', '€20 000'],
    ['EUR', '€299/mo'],
    ['EUR', 'was €22,000'],
    ['EUR', '€20,000 €18,000'],
    ['CAD', '($1,000)'],
  ])('in %s that is no single sale price is not read: %s', (currency, text) => {
    expect(parse(currency, text)).toBeNull()
  })

  it('with our sign counts before numbers without it', () => {
    expect(parse('EUR', 'Stock 44,123 €20,000')).toBe(2_000_000)
    expect(parse('EUR', 'Stock 44,123 – 20,000 €')).toBe(2_000_000)
    expect(parse('EUR', 'MSRP €22,000 now €20,000')).toBe(2_000_000)
  })

  it('may name our currency in a value of its own', () => {
    const names = ['', 'USD', 'US$', '$', 'US dollars', 'EUR', '€', 'euro', 'CAD', 'C$']
    const ours = (currency: string) =>
      names.filter((name) => createPriceFormat(currency).currency.test(name))
    expect(ours('USD')).toEqual(['', 'USD', 'US$', '$', 'US dollars'])
    expect(ours('EUR')).toEqual(['', 'EUR', '€', 'euro'])
    expect(ours('CAD')).toEqual(['', '$', 'CAD', 'C$'])
  })
})
