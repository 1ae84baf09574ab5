import type { JsonObject } from '../../domain/json.ts'
import type { Page, PageResult, PageRequest, Platform, ReadContext } from '../../domain/pages.ts'
import { getPageNumber } from '../../domain/pagination.ts'
import {
  buildDrafts,
  formatFirstIssue,
  parseAnswer,
  parseItems,
  parseTotal,
} from '../json-response.ts'
import { buildLinkPage, readListPage, findMissingProblem, findPageProblem } from '../list-page.ts'
import { buildDraft, parseService } from './parse.ts'
import { Carry, SearchAnswer, DealerInspireSettings, Vehicle } from './schema.ts'

const PER_PAGE = 20
const ANSWER_NAME = 'The response of the DealerInspire search'
const STATUSES = ['publish', 'modified', 'pend-sale']
const FIELDS = [
  'vin',
  'stock',
  'type',
  'year',
  'make',
  'model',
  'trim',
  'mileage',
  'vdp_url',
  'styles',
  'mechanical',
  'pricing',
  'media',
  'status',
]

/**
 * DealerInspire (Cars Commerce): a script in the page contains the URL and key of the search
 * service. The service may be at another origin, but then only over HTTPS, and all of its pages
 * must have that origin. Older sites, which use Algolia, are not supported.
 */
export const dealerInspire: Platform = {
  name: 'DealerInspire',
  recognizes: ({ body }) => /\bSEARCH_SERVICE\b|dealerinspire/i.test(body),
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  checkConfig: (config) => {
    const read = DealerInspireSettings.safeParse(config)
    const example = '{ "facetFilters": { "type_slug": ["used"] } }'
    return read.success
      ? null
      : `DealerInspire takes settings such as ${example}, or none: ${formatFirstIssue(read.error)}`
  },
  read: (page, config, context) => {
    const carry = Carry.safeParse(page.request.carry)
    if (carry.success) return findMissingProblem(page) ?? readSearch(page, carry.data, context)
    return findPageProblem(page) ?? readInventoryPage(page, config)
  },
}

function readInventoryPage(page: Page, config: JsonObject): PageResult {
  const service = parseService(page.body)
  if (service === null)
    return { problem: `The page has no SEARCH_SERVICE to request its cars from: ${page.url}` }
  const { origin, protocol } = new URL(service.apiUrl)
  if (protocol !== 'https:' && origin !== new URL(page.url).origin)
    return {
      problem:
        `The page's search service is at ${origin}, which is not the page's own ` +
        'origin and does not use https, so it is ignored.',
    }
  const { apiUrl, ccid, apiKey } = service
  const url = `${apiUrl.replace(/\/+$/, '')}/api/v1/listings/${ccid}/search`
  const facets = DealerInspireSettings.safeParse(config).data?.facetFilters ?? {}
  return buildLinkPage(
    buildSearchRequest({ step: 'search', search: url, site: page.url, apiKey, facets, seen: 0 }, 1),
  )
}

function buildSearchRequest(carry: Carry, number: number): PageRequest {
  const wanted = {
    filters: { status: STATUSES },
    facetFilters: carry.facets,
    requestedFields: FIELDS,
  }
  return {
    url: carry.search,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-api-key': carry.apiKey,
    },
    body: JSON.stringify({ page: number, perPage: PER_PAGE, ...wanted }),
    carry,
  }
}

function readSearch(page: Page, carry: Carry, context: ReadContext): PageResult {
  const read = parseAnswer(page, SearchAnswer, ANSWER_NAME)
  if ('problem' in read) return read
  const { listings, total_vehicle_count } = read.answer.data
  const { read: vehicles, dropped } = parseItems(listings, Vehicle, carry.site)
  const seen = carry.seen + listings.length
  const counted = parseTotal(total_vehicle_count, page, ANSWER_NAME)
  if ('problem' in counted) return counted
  const next =
    seen < counted.total ? buildSearchRequest({ ...carry, seen }, getPageNumber(page) + 1) : null
  return readListPage(
    page,
    {
      drafts: buildDrafts(vehicles, (vehicle) => buildDraft(vehicle, context.priceFormat)),
      dropped,
      ...counted,
      next,
      base: carry.site,
    },
    context,
  )
}
