import type { CatalogName } from '../../../../src/domain/models.ts'
import type { JsonObject } from '../../domain/json.ts'
import type { Page, PageRead, PageRequest, Platform } from '../../domain/pages.ts'
import { numberOf } from '../../domain/walk.ts'
import { draftsOf, firstIssue, readAnswer, readEach, totalIn } from '../json-answer.ts'
import { leadsTo, listPage, missing, unreadable } from '../walk-page.ts'
import { draftOf, serviceIn } from './parse.ts'
import { Carry, Found, Settings, Vehicle } from './schema.ts'

const PER_PAGE = 20
const ANSWER = 'The answer of the DealerInspire search'
const STATUSES = ['publish', 'modified', 'pend-sale']
const FIELDS = [
  ...['vin', 'stock', 'type', 'year', 'make', 'model', 'trim', 'mileage', 'vdp_url', 'styles', 'mechanical'],
  ...['pricing', 'media', 'status'],
]

/**
 * DealerInspire (Cars Commerce): the page's script says where the search service is and with which key to ask it. The service may be
 * at another origin: then only by https, and all its pages at that one. Older sites, which ask Algolia, are not read.
 */
export const dealerInspire: Platform = {
  name: 'DealerInspire',
  recognizes: ({ body }) => /\bSEARCH_SERVICE\b|dealerinspire/i.test(body),
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  checkConfig: (config) => {
    const read = Settings.safeParse(config)
    const example = '{ "facetFilters": { "type_slug": ["used"] } }'
    return read.success ? null : `DealerInspire takes settings such as ${example}, or none: ${firstIssue(read.error)}`
  },
  read: (page, config, extraMakes) => {
    const carry = Carry.safeParse(page.request.carry)
    if (carry.success) return missing(page) ?? readSearch(page, carry.data, extraMakes)
    return unreadable(page) ?? readPage(page, config)
  },
}

function readPage(page: Page, config: JsonObject): PageRead {
  const service = serviceIn(page.body)
  if (service === null) return { problem: `The page has no SEARCH_SERVICE to ask for its cars: ${page.url}` }
  const { origin, protocol } = new URL(service.apiUrl)
  if (protocol !== 'https:' && origin !== new URL(page.url).origin)
    return { problem: `The page's search service is at ${origin}, which is neither its own origin nor https; it is not asked.` }
  const { apiUrl, ccid, apiKey } = service
  const url = `${apiUrl.replace(/\/+$/, '')}/api/v1/listings/${ccid}/search`
  const facets = Settings.safeParse(config).data?.facetFilters ?? {}
  return leadsTo(searchRequest({ step: 'search', search: url, site: page.url, apiKey, facets, seen: 0 }, 1))
}

function searchRequest(carry: Carry, number: number): PageRequest {
  const wanted = { filters: { status: STATUSES }, facetFilters: carry.facets, requestedFields: FIELDS }
  return {
    url: carry.search,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', 'x-api-key': carry.apiKey },
    body: JSON.stringify({ page: number, perPage: PER_PAGE, ...wanted }),
    carry,
  }
}

function readSearch(page: Page, carry: Carry, extraMakes?: readonly CatalogName[]): PageRead {
  const read = readAnswer(page, Found, ANSWER)
  if ('problem' in read) return read
  const { listings, total_vehicle_count } = read.answer.data
  const { read: vehicles, dropped } = readEach(listings, Vehicle, carry.site)
  const seen = carry.seen + listings.length
  const said = totalIn(total_vehicle_count, page, ANSWER)
  if ('problem' in said) return said
  const next = seen < said.total ? searchRequest({ ...carry, seen }, numberOf(page) + 1) : null
  return listPage(page, { drafts: draftsOf(vehicles, draftOf), dropped, ...said, next, base: carry.site }, extraMakes)
}
