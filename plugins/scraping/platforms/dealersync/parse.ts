import type { CheerioAPI } from 'cheerio'
import { parseUrl } from '../../../../src/domain/parse-url.ts'
import type { Draft } from '../../domain/listing-draft.ts'
import { attributeAt, type Elements, textAt } from '../html-page.ts'
import type { PriceReader } from '../price-text.ts'

/** A car stands on a page twice: in the row of a wide screen and in the tile of a phone. */
export const CARD = '.ds-vehicle-list-item, .ds-car-griditem'
const PRICE = '.ds-listview-value, .ds-gridview-value'
const MORE = '.ds-load-more'
const LATER = ['href', 'data-url', 'data-next']

/** A card of the list; its old price has a class of its own or is struck through. */
export function draftOf(card: Elements, pricesIn: PriceReader): Draft {
  const title = '.ds-listview-vehicle-title'
  return {
    vin: attributeAt(card, '', 'data-vin'),
    stockNumber: attributeAt(card, '', 'data-stock-no'),
    url: [...attributeAt(card, `${title} a`, 'href'), ...attributeAt(card, 'a', 'href')],
    title: textAt(card, title),
    priceCents: pricesIn(card, PRICE),
    mileage: textAt(card, '.ds-listview-item-featured-content-tag'),
    imageUrl: attributeAt(card, 'img', 'src'),
  }
}

/** Where "load more" gets the next cars from; null where all are shown. */
export function nextOf($: CheerioAPI, pageUrl: string): string | null {
  const more = $(MORE).first()
  const href = LATER.flatMap((name) => more.attr(name) ?? []).find((value) => !/^\s*(?:#|javascript:|$)/i.test(value))
  return href === undefined ? null : (parseUrl(href, pageUrl)?.href ?? null)
}
