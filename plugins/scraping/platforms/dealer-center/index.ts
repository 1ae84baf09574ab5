import type { Platform } from '../../domain/pages.ts'
import { getPageNumber } from '../../domain/pagination.ts'
import { getBaseUrl, parseHtml } from '../html-page.ts'
import { readDrafts } from '../price-text.ts'
import { findPageProblem, readListPage } from '../list-page.ts'
import { CARD, buildDraft, findNextUrl } from './parse.ts'

/**
 * DealerCenter: HTML cards, with a chevron as the link to the next page. Does not announce the
 * number of cars.
 */
export const dealerCenter: Platform = {
  name: 'DealerCenter',
  recognizes: ({ body }) => /\bdws-(?:vehicle-listing|listing-item)/.test(body),
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, context) => {
    const problem = findPageProblem(page)
    if (problem) return problem
    if (!/\bdws-/.test(page.body))
      return {
        problem: `Not a page on a DealerCenter site (it has no dws-… elements): ${page.url}`,
      }
    const $ = parseHtml(page.body)
    const base = getBaseUrl($, page.url)
    const drafts = readDrafts($, CARD, context.priceFormat, buildDraft)
    const url = findNextUrl($, { pageUrl: page.url, base }, getPageNumber(page))
    return readListPage(
      page,
      { drafts, base, total: null, next: url === null ? null : { url } },
      context,
    )
  },
}
