import type { CatalogName } from '../../../../src/domain/models.ts'
import type { Page, PageRead, PageRequest, Platform } from '../../domain/pages.ts'
import { draftsOf, readAnswer, readEach, totalIn } from '../json-answer.ts'
import { leadsTo, listPage, missing, unreadable } from '../walk-page.ts'
import { draftOf, idsIn } from './parse.ts'
import { Carry, Inventory, Vehicle } from './schema.ts'

const API = '/api/widget/ws-inv-data/getInventory'
/** The most that the endpoint gives. */
const PER_PAGE = '48'
const ANSWER = 'The answer of the Dealer.com endpoint'

/**
 * Dealer.com (DDC): the page of the list names the site and the list; an endpoint gives their cars. It heeds an offset in
 * `inventoryParameters.start` alone, and answers who names a list that it does not know with cars without prices.
 */
export const dealerCom: Platform = {
  name: 'Dealer.com',
  recognizes: ({ body }) => /DDC\.(?:WS|dataLayer|siteSettings)|ws-inv-data|static\.dealer\.com/.test(body),
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, extraMakes) => {
    const carry = Carry.safeParse(page.request.carry)
    if (carry.success) return missing(page) ?? readInventory(page, carry.data, extraMakes)
    const bad = unreadable(page)
    if (bad) return bad
    const ids = idsIn(page.body)
    if (ids === null) return { problem: `The page names no siteId and listing.config.id: ${page.url}` }
    return leadsTo(inventoryRequest({ step: 'inventory', list: page.url, ...ids, start: 0 }))
  },
}

/** Some sites answer only who says which page asks. */
function inventoryRequest(carry: Carry): PageRequest {
  const { origin } = new URL(carry.list)
  const body = {
    ...{ siteId: carry.siteId, locale: 'en_US', device: 'DESKTOP', pageAlias: carry.pageAlias, pageId: carry.pageId },
    ...{ windowId: 'inventory-data-bus1', widgetName: 'ws-inv-data' },
    inventoryParameters: { start: [String(carry.start)] },
    preferences: { pageSize: PER_PAGE, 'listing.config.id': carry.configId },
    includePricing: true,
  }
  const headers = { accept: 'application/json', 'content-type': 'application/json', origin, referer: carry.list }
  return { url: origin + API, method: 'POST', headers, body: JSON.stringify(body), carry }
}

function readInventory(page: Page, carry: Carry, extraMakes?: readonly CatalogName[]): PageRead {
  const read = readAnswer(page, Inventory, ANSWER)
  if ('problem' in read) return read
  const { inventory, pageInfo } = read.answer
  const { read: vehicles, dropped } = readEach(inventory, Vehicle, page.url)
  if (vehicles.length > 0 && vehicles.every(({ item }) => !item.pricing))
    return { problem: 'None of the cars comes with prices: the endpoint does not know this siteId and listing.config.id.' }
  const start = carry.start + inventory.length
  const said = totalIn(pageInfo.totalCount, page, ANSWER)
  if ('problem' in said) return said
  const next = start < said.total ? inventoryRequest({ ...carry, start }) : null
  return listPage(page, { drafts: draftsOf(vehicles, draftOf), dropped, ...said, next }, extraMakes)
}
