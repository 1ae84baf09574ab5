import type { CheerioAPI } from 'cheerio'
import type { Draft } from '../../domain/listing-draft.ts'
import { readAttribute, type Elements, readText } from '../html-page.ts'
import type { PriceReader } from '../price-text.ts'

export const CARD = '.dws-vehicle-listing-item-info.dws-listing-item'
const CHEVRON = 'a.page-link-chevron[aria-label*="Next"]'

/**
 * Builds the draft of a card. Its price may be a number in an attribute of a surrounding element.
 */
export function buildDraft(card: Elements, readPrices: PriceReader): Draft {
  const field = (name: string) =>
    readText(card, `.dws-vehicle-field-${name} .dws-vehicle-listing-item-field-value`)
  const priced = card.closest('[data-sales-price]')
  const link = '.dws-listing-title a'
  return {
    vin: [
      ...readAttribute(card, '', 'data-vin'),
      ...readAttribute(card, '[data-vin]', 'data-vin'),
      ...field('vin'),
    ],
    stockNumber: field('stock-number'),
    url: readAttribute(card, link, 'href'),
    title: readText(card, link),
    trim: field('trim'),
    priceCents: [
      ...readPrices(card, '.dws-vehicle-price-value'),
      ...readAttribute(priced, '', 'data-sales-price'),
    ],
    mileage: field('mileage'),
    exteriorColor: field('exterior-color'),
    transmission: field('transmission'),
    fuelType: field('fuel-type'),
    bodyStyle: field('body-style'),
    drivetrain: field('drivetrain'),
    engine: field('engine'),
    imageUrl: readAttribute(card, 'img', 'src'),
  }
}

/**
 * Returns the URL of the chevron, or the next `page_no` if a script handles the click; null on the
 * last page.
 */
export function findNextUrl(
  $: CheerioAPI,
  { pageUrl, base }: Record<'pageUrl' | 'base', string>,
  number: number,
): string | null {
  const chevron = $(CHEVRON).first()
  const isOff = chevron.is('.disabled, [aria-disabled="true"]') || chevron.parent().is('.disabled')
  if (chevron.length === 0 || isOff) return null
  const href = chevron.attr('href') ?? '#'
  const linked = /^(#|javascript:)/i.test(href) ? null : URL.parse(href, base)
  if (linked) return linked.href
  const url = new URL(pageUrl)
  url.searchParams.set('page_no', String(number + 1))
  return url.href
}
