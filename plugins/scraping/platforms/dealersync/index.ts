import type { Platform } from '../../domain/pages.ts'
import { getBaseUrl, parseHtml } from '../html-page.ts'
import { readDrafts } from '../price-text.ts'
import { findPageProblem, readListPage } from '../list-page.ts'
import { CARD, buildDraft, findNextUrl } from './parse.ts'

/**
 * Dealersync: HTML cards, two per car, with the old price next to the asking price and a button for
 * more cars. Does not announce the number of cars.
 */
export const dealersync: Platform = {
  name: 'Dealersync',
  recognizes: ({ body }) => /\bds-(?:vehicle-list-item|car-griditem|listview-)/.test(body),
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, context) => {
    const problem = findPageProblem(page)
    if (problem) return problem
    if (!/\bds-/.test(page.body))
      return { problem: `Not a page on a Dealersync site (it has no ds-… elements): ${page.url}` }
    const $ = parseHtml(page.body)
    const base = getBaseUrl($, page.url)
    const drafts = readDrafts($, CARD, context.priceFormat, buildDraft)
    const url = findNextUrl($, base)
    return readListPage(
      page,
      { drafts, base, total: null, next: url === null ? null : { url }, onRepeat: 'more' },
      context,
    )
  },
}
