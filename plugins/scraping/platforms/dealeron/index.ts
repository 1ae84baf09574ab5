import type { CatalogName } from '../../../../src/domain/models.ts'
import type { CheerioAPI } from 'cheerio'
import { countOf } from '../../domain/listing-values.ts'
import type { Page, PageRead, PageRequest, Platform } from '../../domain/pages.ts'
import { numberOf } from '../../domain/walk.ts'
import { elementsOf } from '../html-page.ts'
import { draftsOf, jsonIn, LINKED_DATA, linkedJsonIn, readAnswer, readEach, totalIn } from '../json-answer.ts'
import { carPage, unreadable, isCarPage, leadsTo, leadsToCars, listPage, nothing, ownAddresses } from '../walk-page.ts'
import { draftOf, draftOfPage } from './parse.ts'
import { Card, Cards, Carry, Tagging } from './schema.ts'

/** The most that the endpoint heeds: more falls back to 12. */
const PER_PAGE = 24
const TAGGING = '#dealeron_tagging_data'
const ANSWER = 'The answer of the DealerOn endpoint'
const VDP = '.vdp[data-vehicle-information]'

/**
 * DealerOn: the search page names its dealer and itself in `dealeron_tagging_data`; an endpoint gives their cars, 24 at a time. A page
 * without that is read by the addresses that it lists (JSON-LD ItemList), each the page of a car.
 */
export const dealerOn: Platform = {
  name: 'DealerOn',
  recognizes: ({ body }) => /dealeron_tagging_data|\bdealeron\b/i.test(body),
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, extraMakes) => {
    const carry = Carry.safeParse(page.request.carry)
    if (carry.success) return readCards(page, carry.data, extraMakes)
    if (isCarPage(page)) {
      const vdp = elementsOf(page.body)(VDP).first()
      return carPage(page, vdp.length === 0 ? [] : [draftOfPage(vdp)], extraMakes)
    }
    return unreadable(page) ?? readSearchPage(page)
  },
}

function readSearchPage(page: Page): PageRead {
  const $ = elementsOf(page.body)
  const tagging = Tagging.safeParse(jsonIn($(TAGGING).first().text()))
  if (!tagging.success) return readPlainList(page, $)
  const { dealerId, pageId } = tagging.data
  return leadsTo(cardsRequest({ step: 'cards', srp: page.url, dealerId, pageId }, 1))
}

function cardsRequest(carry: Carry, number: number): PageRequest {
  const path = `/api/vhcliaa/vehicle-pages/cosmos/srp/vehicles/${carry.dealerId}/${carry.pageId}`
  const url = new URL(path, carry.srp)
  url.search = new URLSearchParams({ pt: String(number), pn: String(PER_PAGE), host: url.host }).toString()
  return { url: url.href, headers: { accept: 'application/json' }, carry }
}

/** 404 with no cards in it is an empty lot, not an error. */
function readCards(page: Page, carry: Carry, extraMakes?: readonly CatalogName[]): PageRead {
  const read = readAnswer(page, Cards, ANSWER)
  if ('problem' in read) return read
  const { Paging, DisplayCards } = read.answer
  const cards = DisplayCards ?? []
  const number = numberOf(page)
  if (page.status === 404) {
    if (cards.length > 0) return { problem: `The DealerOn endpoint says 404 and gives cars: ${page.url}` }
    return nothing(number === 1 ? 0 : null)
  }
  if (!DisplayCards) return { problem: `The answer of the DealerOn endpoint has no DisplayCards: ${page.url}` }
  const { TotalCount, TotalPages } = Paging?.PaginationDataModel ?? {}
  const said = totalIn(TotalCount, page, ANSWER)
  if ('problem' in said) return said
  const { read: known, dropped } = readEach(cards, Card, page.url)
  const cars = known.flatMap(({ item: { IsAdCard, VehicleCard }, leaves }) =>
    String(IsAdCard) === 'true' || !VehicleCard ? [] : [{ item: VehicleCard, leaves }],
  )
  const next = number < (countOf(TotalPages) ?? 0) ? cardsRequest(carry, number + 1) : null
  return listPage(page, { drafts: draftsOf(cars, draftOf), dropped, ...said, next }, extraMakes)
}

/** Twelve addresses a page and `pt` for more; its last page comes again for higher numbers. */
function readPlainList(page: Page, $: CheerioAPI): PageRead {
  const lists = $(LINKED_DATA)
    .toArray()
    .map((script) => itemList(linkedJsonIn($(script).text())))
  if (lists.every((list) => list === null))
    return { problem: `The page has neither ${TAGGING} nor a list of cars' addresses: ${page.url}` }
  const addresses = ownAddresses(
    page,
    lists.flatMap((list) => list ?? []),
  )
  const url = new URL(page.url)
  url.searchParams.set('pt', String(numberOf(page) + 1))
  return leadsToCars(page, addresses, { next: { url: url.href }, onRepeat: 'end' })
}

/** The addresses of an ItemList; null for anything else. */
function itemList(value: unknown): unknown[] | null {
  if (typeof value !== 'object' || value === null || !('@type' in value) || value['@type'] !== 'ItemList') return null
  const items: unknown = 'itemListElement' in value ? value.itemListElement : []
  return (Array.isArray(items) ? items : []).map((item: unknown) =>
    typeof item === 'object' && item !== null && 'url' in item ? item.url : item,
  )
}
