import type { CheerioAPI } from 'cheerio'
import { parseUrl } from '../../../../src/domain/parse-url.ts'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { countOf } from '../../domain/listing-values.ts'
import { attributeAt, type Elements, textAt } from '../html-page.ts'
import type { PriceReader } from '../price-text.ts'
import type { Next, Place, Settings } from './schema.ts'

/** Whose value is an address, and stands in this attribute where nothing else is said. */
const ADDRESSES: Readonly<Record<string, string>> = { url: 'href', imageUrl: 'src' }

/** What a listing's element says, where the settings say that it does. */
export function draftOf(listing: Elements, { fields }: Settings, pricesIn: PriceReader): Draft {
  const { price, ...others } = fields
  const draft = Object.fromEntries(Object.entries(others).map(([field, at]) => [field, sayingAt(listing, at, ADDRESSES[field])]))
  if (price === undefined) return draft
  const [selector, attribute] = typeof price === 'string' ? [price] : [price.selector ?? '', price.attribute]
  return { ...draft, priceCents: pricesIn(listing, selector, attribute) }
}

function sayingAt(element: Elements, place: Place | undefined, usual?: string): Candidate[] {
  if (place === undefined) return []
  if (typeof place !== 'string') return attributeAt(element, place.selector ?? '', place.attribute)
  return usual === undefined ? textAt(element, place) : attributeAt(element, place, usual)
}

/** How many cars the page says there are. */
export function totalOf($: CheerioAPI, total: Place | undefined): number | null {
  const [said] = sayingAt($.root(), total)
  return countOf(said?.[0])
}

/**
 * The page after the `number`-th; null where the page names none. By page number there is always one: the list ends at a page without
 * cars.
 */
export function nextOf(
  $: CheerioAPI,
  next: Next | undefined,
  { pageUrl, base }: Record<'pageUrl' | 'base', string>,
  number: number,
): string | null {
  if (next === undefined) return null
  if ('pageNumber' in next) {
    const url = new URL(pageUrl)
    url.searchParams.set(next.pageNumber.parameter, String((next.pageNumber.first ?? 1) + number))
    return url.href
  }
  const found = 'link' in next ? $(next.link).first() : $(next.loadMore.selector).first()
  const names = 'link' in next ? ['href'] : next.loadMore.attribute ? [next.loadMore.attribute] : ['href', 'data-url']
  const href = names.flatMap((name) => found.attr(name) ?? []).find((value) => !/^\s*(?:#|javascript:|$)/i.test(value))
  return href === undefined ? null : (parseUrl(href, base)?.href ?? null)
}
