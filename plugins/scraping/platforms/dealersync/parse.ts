import type { CheerioAPI } from 'cheerio'
import type { Draft } from '../../domain/listing-draft.ts'
import { readAttribute, type Elements, readText } from '../html-page.ts'
import type { PriceReader } from '../price-text.ts'

/** A car is on a page twice: in a row for desktop and in a tile for mobile. */
export const CARD = '.ds-vehicle-list-item, .ds-car-griditem'
const PRICE = '.ds-listview-value, .ds-gridview-value'
const MORE = '.ds-load-more'
const LINK_ATTRIBUTES = ['href', 'data-url', 'data-next']

/** Builds the draft of a card. Its old price has its own class or is struck through. */
export function buildDraft(card: Elements, readPrices: PriceReader): Draft {
  const title = '.ds-listview-vehicle-title'
  return {
    vin: readAttribute(card, '', 'data-vin'),
    stockNumber: readAttribute(card, '', 'data-stock-no'),
    url: [...readAttribute(card, `${title} a`, 'href'), ...readAttribute(card, 'a', 'href')],
    title: readText(card, title),
    priceCents: readPrices(card, PRICE),
    mileage: readText(card, '.ds-listview-item-featured-content-tag'),
    imageUrl: readAttribute(card, 'img', 'src'),
  }
}

/** Returns the URL from which "load more" gets the next cars; null if all are shown. */
export function findNextUrl($: CheerioAPI, pageUrl: string): string | null {
  const more = $(MORE).first()
  const href = LINK_ATTRIBUTES.flatMap((name) => more.attr(name) ?? []).find(
    (value) => !/^\s*(?:#|javascript:|$)/i.test(value),
  )
  return href === undefined ? null : (URL.parse(href, pageUrl)?.href ?? null)
}
