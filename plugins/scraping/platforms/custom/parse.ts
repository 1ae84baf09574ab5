import type { CheerioAPI } from 'cheerio'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { parseCount } from '../../domain/listing-values.ts'
import { readAttribute, type Elements, readText } from '../html-page.ts'
import type { PriceReader } from '../price-text.ts'
import type { NextSettings, Selector, CustomSettings } from './schema.ts'

/** The attributes of fields with URLs if the settings do not specify one. */
const DEFAULT_URL_ATTRIBUTES: Readonly<Record<string, string>> = { url: 'href', imageUrl: 'src' }

/** Builds the draft of a listing from the configured elements. */
export function buildDraft(
  listing: Elements,
  { fields }: CustomSettings,
  readPrices: PriceReader,
): Draft {
  const { price, ...others } = fields
  const draft = Object.fromEntries(
    Object.entries(others).map(([field, fieldSelector]) => [
      field,
      readCandidates(listing, fieldSelector, DEFAULT_URL_ATTRIBUTES[field]),
    ]),
  )
  if (price === undefined) return draft
  const [selector, attribute] =
    typeof price === 'string' ? [price] : [price.selector ?? '', price.attribute]
  return { ...draft, priceCents: readPrices(listing, selector, attribute) }
}

function readCandidates(
  element: Elements,
  fieldSelector: Selector | undefined,
  defaultAttribute?: string,
): Candidate[] {
  if (fieldSelector === undefined) return []
  if (typeof fieldSelector !== 'string')
    return readAttribute(element, fieldSelector.selector ?? '', fieldSelector.attribute)
  return defaultAttribute === undefined
    ? readText(element, fieldSelector)
    : readAttribute(element, fieldSelector, defaultAttribute)
}

/** Reads the total number of cars on the page. */
export function readTotal($: CheerioAPI, total: Selector | undefined): number | null {
  const [candidate] = readCandidates($.root(), total)
  return parseCount(candidate?.[0])
}

/**
 * Returns the URL of the page after page `number`; null if the page has none. With page numbers,
 * there always is one: the list ends at a page without cars.
 */
export function findNextUrl(
  $: CheerioAPI,
  next: NextSettings | undefined,
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
  const names =
    'link' in next
      ? ['href']
      : next.loadMore.attribute
        ? [next.loadMore.attribute]
        : ['href', 'data-url']
  const href = names
    .flatMap((name) => found.attr(name) ?? [])
    .find((value) => !/^\s*(?:#|javascript:|$)/i.test(value))
  return href === undefined ? null : (URL.parse(href, base)?.href ?? null)
}
