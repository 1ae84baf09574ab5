import type { Page, PageResult, PageRequest, Platform, ReadContext } from '../../domain/pages.ts'
import { buildDrafts, parseAnswer, parseItems, parseTotal } from '../json-response.ts'
import { buildLinkPage, readListPage, findMissingProblem, findPageProblem } from '../list-page.ts'
import { buildDraft, parseSiteIds } from './parse.ts'
import { Carry, Inventory, Vehicle } from './schema.ts'

const API = '/api/widget/ws-inv-data/getInventory'
/** The maximum page size of the endpoint. */
const PER_PAGE = '48'
const ANSWER_NAME = 'The response of the Dealer.com endpoint'

/**
 * Dealer.com (DDC): the list page contains the IDs of the site and the list, and an endpoint
 * returns the cars. The endpoint only supports an offset in `inventoryParameters.start`. For an
 * unknown list, it returns cars without prices.
 */
export const dealerCom: Platform = {
  name: 'Dealer.com',
  recognizes: ({ body }) =>
    /DDC\.(?:WS|dataLayer|siteSettings)|ws-inv-data|static\.dealer\.com/.test(body),
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, context) => {
    const carry = Carry.safeParse(page.request.carry)
    if (carry.success) return findMissingProblem(page) ?? readInventory(page, carry.data, context)
    const problem = findPageProblem(page)
    if (problem) return problem
    const ids = parseSiteIds(page.body)
    if (ids === null) return { problem: `The page has no siteId or listing.config.id: ${page.url}` }
    return buildLinkPage(
      buildInventoryRequest({ step: 'inventory', list: page.url, ...ids, start: 0 }),
    )
  },
}

/**
 * Builds a request to the endpoint. Some sites only respond to requests that name the page they
 * come from.
 */
function buildInventoryRequest(carry: Carry): PageRequest {
  const { origin } = new URL(carry.list)
  const body = {
    siteId: carry.siteId,
    locale: 'en_US',
    device: 'DESKTOP',
    pageAlias: carry.pageAlias,
    pageId: carry.pageId,
    windowId: 'inventory-data-bus1',
    widgetName: 'ws-inv-data',
    inventoryParameters: { start: [String(carry.start)] },
    preferences: { pageSize: PER_PAGE, 'listing.config.id': carry.configId },
    includePricing: true,
  }
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    origin,
    referer: carry.list,
  }
  return { url: origin + API, method: 'POST', headers, body: JSON.stringify(body), carry }
}

function readInventory(page: Page, carry: Carry, context: ReadContext): PageResult {
  const read = parseAnswer(page, Inventory, ANSWER_NAME)
  if ('problem' in read) return read
  const { inventory, pageInfo } = read.answer
  const { read: vehicles, dropped } = parseItems(inventory, Vehicle, page.url)
  if (vehicles.length > 0 && vehicles.every(({ item }) => !item.pricing))
    return {
      problem:
        'None of the cars has prices: the endpoint does not know this siteId and ' +
        'listing.config.id.',
    }
  const start = carry.start + inventory.length
  const counted = parseTotal(pageInfo.totalCount, page, ANSWER_NAME)
  if ('problem' in counted) return counted
  const next = start < counted.total ? buildInventoryRequest({ ...carry, start }) : null
  return readListPage(
    page,
    {
      drafts: buildDrafts(vehicles, (vehicle) => buildDraft(vehicle, context.priceFormat)),
      dropped,
      ...counted,
      next,
    },
    context,
  )
}
