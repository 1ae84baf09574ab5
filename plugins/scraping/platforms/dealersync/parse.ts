import type { CheerioAPI } from 'cheerio'
import { parseUrl } from '../../../../src/domain/parse-url.ts'
import type { Draft } from '../../domain/listing-draft.ts'
import { readAttribute, type Elements, readText } from '../html-page.ts'
import type { PriceReader } from '../price-text.ts'

/** A car stands on a page twice: in the row of a wide screen and in the tile of a phone. */
export const CARD = '.ds-vehicle-list-item, .ds-car-griditem'
const PRICE = '.ds-listview-value, .ds-gridview-value'
const MORE = '.ds-load-more'
const LINK_ATTRIBUTES = ['href', 'data-url', 'data-next']

/** A card of the list; its old price has a class of its own or is struck through. */
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

/** Where "load more" gets the next cars from; null where all are shown. */
export function findNextUrl($: CheerioAPI, pageUrl: string): string | null {
  const more = $(MORE).first()
  const href = LINK_ATTRIBUTES.flatMap((name) => more.attr(name) ?? []).find(
    (value) => !/^\s*(?:#|javascript:|$)/i.test(value),
  )
  return href === undefined ? null : (parseUrl(href, pageUrl)?.href ?? null)
}
