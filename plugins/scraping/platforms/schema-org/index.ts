import type { Platform } from '../../domain/pages.ts'
import { getBaseUrl, parseHtml } from '../html-page.ts'
import { buildDrafts, parseItems } from '../json-response.ts'
import {
  readCarPage,
  findPageProblem,
  isCarPage,
  readCarLinks,
  readListPage,
  listOwnUrls,
} from '../list-page.ts'
import { listBrokenCars, buildDraft, isSold, parseLinkedData, findNextUrl } from './parse.ts'
import { Thing } from './schema.ts'

/**
 * schema.org: a site of any vendor whose pages describe their cars in JSON-LD. If a list only
 * contains URLs, follows them; the next page is the link with `rel="next"`. Does not announce the
 * number of cars.
 */
export const schemaOrg: Platform = {
  name: 'schema.org',
  recognizes: ({ body }) => {
    const { cars, listed } = parseLinkedData(parseHtml(body))
    return cars.length > 0 || listed.length > 0
  },
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, context) => {
    if (page.status === 404 && isCarPage(page)) return readCarPage(page, [], context)
    const problem = findPageProblem(page)
    if (problem) return problem
    const $ = parseHtml(page.body)
    const base = getBaseUrl($, page.url)
    const linked = parseLinkedData($)
    const { read, dropped } = parseItems(linked.cars, Thing, base)
    const drafts = buildDrafts(
      read.filter(({ item }) => !isSold(item)),
      (thing) => buildDraft(thing, context.priceFormat),
    )
    if (isCarPage(page)) return readCarPage(page, drafts.slice(0, 1), context, base)
    if (linked.scripts === linked.broken.length)
      return {
        problem:
          `The page has no JSON-LD data (${linked.broken.length} of its scripts are not ` +
          `valid JSON): ${page.url}`,
      }
    const url = findNextUrl($, base)
    const next = url === null ? null : { url }
    if (linked.cars.length === 0 && linked.listed.length > 0)
      return readCarLinks(page, listOwnUrls(page, linked.listed, base), { next })
    return readListPage(
      page,
      { drafts, base, dropped: [...dropped, ...listBrokenCars(linked)], total: null, next },
      context,
    )
  },
}
