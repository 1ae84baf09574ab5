import type { CheerioAPI } from 'cheerio'
import { parseCount } from '../../domain/listing-values.ts'
import type { Page, PageResult, PageRequest, Platform, ReadContext } from '../../domain/pages.ts'
import { getPageNumber } from '../../domain/pagination.ts'
import { parseHtml } from '../html-page.ts'
import {
  buildDrafts,
  parseJson,
  LINKED_DATA,
  linkedJsonIn,
  parseAnswer,
  parseItems,
  parseTotal,
} from '../json-response.ts'
import {
  readCarPage,
  findPageProblem,
  isCarPage,
  buildLinkPage,
  readCarLinks,
  readListPage,
  buildEmptyPage,
  listOwnUrls,
} from '../list-page.ts'
import { buildDraft, buildPageDraft } from './parse.ts'
import { Card, Cards, Carry, Tagging } from './schema.ts'

/** The maximum page size of the endpoint; larger ones fall back to 12. */
const PER_PAGE = 24
const TAGGING = '#dealeron_tagging_data'
const ANSWER_NAME = 'The response of the DealerOn endpoint'
const VDP = '.vdp[data-vehicle-information]'

/**
 * DealerOn: the search page contains the IDs of the dealer and page in `dealeron_tagging_data`, and
 * an endpoint returns the cars, 24 at a time. If a page has no such IDs, follows its list of URLs
 * (JSON-LD ItemList), each of which is the page of one car.
 */
export const dealerOn: Platform = {
  name: 'DealerOn',
  recognizes: ({ body }) => /dealeron_tagging_data|\bdealeron\b/i.test(body),
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, context) => {
    const carry = Carry.safeParse(page.request.carry)
    if (carry.success) return readCards(page, carry.data, context)
    if (isCarPage(page)) {
      const vdp = parseHtml(page.body)(VDP).first()
      return readCarPage(page, vdp.length === 0 ? [] : [buildPageDraft(vdp)], context)
    }
    return findPageProblem(page) ?? readSearchPage(page)
  },
}

function readSearchPage(page: Page): PageResult {
  const $ = parseHtml(page.body)
  const tagging = Tagging.safeParse(parseJson($(TAGGING).first().text()))
  if (!tagging.success) return readPlainList(page, $)
  const { dealerId, pageId } = tagging.data
  return buildLinkPage(buildCardsRequest({ step: 'cards', srp: page.url, dealerId, pageId }, 1))
}

function buildCardsRequest(carry: Carry, number: number): PageRequest {
  const path = `/api/vhcliaa/vehicle-pages/cosmos/srp/vehicles/${carry.dealerId}/${carry.pageId}`
  const url = new URL(path, carry.srp)
  url.search = new URLSearchParams({
    pt: String(number),
    pn: String(PER_PAGE),
    host: url.host,
  }).toString()
  return { url: url.href, headers: { accept: 'application/json' }, carry }
}

/** Reads a response of the endpoint. A 404 without cards is an empty lot, not an error. */
function readCards(page: Page, carry: Carry, context: ReadContext): PageResult {
  const read = parseAnswer(page, Cards, ANSWER_NAME)
  if ('problem' in read) return read
  const { Paging, DisplayCards } = read.answer
  const cards = DisplayCards ?? []
  const number = getPageNumber(page)
  if (page.status === 404) {
    if (cards.length > 0)
      return { problem: `The DealerOn endpoint responded with 404 but returned cars: ${page.url}` }
    return buildEmptyPage(number === 1 ? 0 : null)
  }
  if (!DisplayCards)
    return { problem: `The response of the DealerOn endpoint has no DisplayCards: ${page.url}` }
  const { TotalCount, TotalPages } = Paging?.PaginationDataModel ?? {}
  const counted = parseTotal(TotalCount, page, ANSWER_NAME)
  if ('problem' in counted) return counted
  const { read: parsedCards, dropped } = parseItems(cards, Card, page.url)
  const cars = parsedCards.flatMap(({ item: { IsAdCard, VehicleCard }, leaves }) =>
    String(IsAdCard) === 'true' || !VehicleCard ? [] : [{ item: VehicleCard, leaves }],
  )
  const next = number < (parseCount(TotalPages) ?? 0) ? buildCardsRequest(carry, number + 1) : null
  return readListPage(
    page,
    { drafts: buildDrafts(cars, buildDraft), dropped, ...counted, next },
    context,
  )
}

/**
 * Reads a list of URLs, twelve per page. `pt` selects the page; the last page repeats for higher
 * numbers.
 */
function readPlainList(page: Page, $: CheerioAPI): PageResult {
  const lists = $(LINKED_DATA)
    .toArray()
    .map((script) => parseItemList(linkedJsonIn($(script).text())))
  if (lists.every((list) => list === null))
    return { problem: `The page has neither ${TAGGING} nor a list of cars' addresses: ${page.url}` }
  const urls = listOwnUrls(
    page,
    lists.flatMap((list) => list ?? []),
  )
  const url = new URL(page.url)
  url.searchParams.set('pt', String(getPageNumber(page) + 1))
  return readCarLinks(page, urls, { next: { url: url.href }, onRepeat: 'end' })
}

/** Returns the URLs of an ItemList; null for anything else. */
function parseItemList(value: unknown): unknown[] | null {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('@type' in value) ||
    value['@type'] !== 'ItemList'
  )
    return null
  const items: unknown = 'itemListElement' in value ? value.itemListElement : []
  return (Array.isArray(items) ? items : []).map((item: unknown) =>
    typeof item === 'object' && item !== null && 'url' in item ? item.url : item,
  )
}
