import type { JsonObject } from '../../domain/json.ts'
import type { Page, Platform } from '../../domain/pages.ts'
import { getPageNumber, type NextPage } from '../../domain/pagination.ts'
import { getBaseUrl, parseHtml } from '../html-page.ts'
import { formatFirstIssue } from '../json-response.ts'
import { readDrafts } from '../price-text.ts'
import { readListPage, buildEmptyPage, findPageProblem } from '../list-page.ts'
import { buildDraft, findNextUrl, readTotal } from './parse.ts'
import { CustomSettings } from './schema.ts'

const EXAMPLE =
  '{ "listing": ".car", "fields": { "title": "h2", "price": ".price", "url": "a" }, "next": { ' +
  '"link": "a.next" } }'

/**
 * A site without a known platform: the competitor's platform settings specify which elements are
 * listings and where their values are. Never detected automatically.
 */
export const custom: Platform = {
  name: 'Custom',
  recognizes: () => false,
  listFirstRequests: (inventoryUrl) => [{ url: inventoryUrl }],
  checkConfig,
  read: (page, config, context) => {
    const settings = CustomSettings.safeParse(config)
    if (!settings.success)
      return { problem: checkConfig(config) ?? 'The platform settings cannot be read.' }
    const { listing, next, total } = settings.data
    if (isBehindEnd(page, next)) return buildEmptyPage(null)
    const problem = findPageProblem(page)
    if (problem) return problem
    if (/^\s*[[{]/.test(page.body)) return { problem: `The page is not HTML: ${page.url}` }
    const $ = parseHtml(page.body)
    const base = getBaseUrl($, page.url)
    if ($('*').length === 0) return { problem: `The page is not HTML: ${page.url}` }
    const drafts = readDrafts($, listing, context.priceFormat, (element, readPrices) =>
      buildDraft(element, settings.data, readPrices),
    )
    const url = findNextUrl($, next, { pageUrl: page.url, base }, getPageNumber(page))
    const nextPage = { next: url === null ? null : { url }, onRepeat: getOnRepeat(next) }
    return readListPage(page, { drafts, base, total: readTotal($, total), ...nextPage }, context)
  },
}

/**
 * Whether a page is beyond the end of a list: a page by number, or behind a button for more cars,
 * that is missing or empty.
 */
function isBehindEnd(page: Page, next: CustomSettings['next']): boolean {
  if (next === undefined || 'link' in next || getPageNumber(page) === 1) return false
  return page.status === 404 || page.body.trim() === ''
}

/**
 * Returns the meaning of a repeated page. A list with page numbers repeats its last page beyond the
 * end, and a button for more cars may stay there.
 */
function getOnRepeat(next: CustomSettings['next']): NonNullable<NextPage['onRepeat']> {
  if (next === undefined || 'link' in next) return 'problem'
  return 'pageNumber' in next ? 'end' : 'more'
}

function checkConfig(config: JsonObject): string | null {
  const read = CustomSettings.safeParse(config)
  return read.success
    ? null
    : 'The platform settings do not describe how to read this site: ' +
        `${formatFirstIssue(read.error)}. An example: ${EXAMPLE}`
}
