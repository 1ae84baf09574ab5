import type { JsonObject } from '../../domain/json.ts'
import type { Page, Platform } from '../../domain/pages.ts'
import { numberOf, type Onward } from '../../domain/walk.ts'
import { baseOf, elementsOf } from '../html-page.ts'
import { firstIssue } from '../json-answer.ts'
import { draftsAt } from '../price-text.ts'
import { listPage, nothing, unreadable } from '../walk-page.ts'
import { draftOf, nextOf, totalOf } from './parse.ts'
import { Settings } from './schema.ts'

const EXAMPLE = '{ "listing": ".car", "fields": { "title": "h2", "price": ".price", "url": "a" }, "next": { "link": "a.next" } }'

/**
 * A site of a making of its own: the competitor's settings say which elements are listings and what stands where in them. No page is
 * taken for one of these by itself.
 */
export const custom: Platform = {
  name: 'Custom',
  recognizes: () => false,
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  checkConfig,
  read: (page, config, extraMakes) => {
    const settings = Settings.safeParse(config)
    if (!settings.success) return { problem: checkConfig(config) ?? 'The special settings cannot be read.' }
    const { listing, next, total } = settings.data
    if (isBehindEnd(page, next)) return nothing(null)
    const bad = unreadable(page)
    if (bad) return bad
    if (/^\s*[[{]/.test(page.body)) return { problem: `The page is not HTML: ${page.url}` }
    const $ = elementsOf(page.body)
    const base = baseOf($, page.url)
    if ($('*').length === 0) return { problem: `The page is not HTML: ${page.url}` }
    const drafts = draftsAt($, listing, (element, pricesIn) => draftOf(element, settings.data, pricesIn))
    const url = nextOf($, next, { pageUrl: page.url, base }, numberOf(page))
    const follow = { next: url === null ? null : { url }, onRepeat: onRepeatOf(next) }
    return listPage(page, { drafts, base, total: totalOf($, total), ...follow }, extraMakes)
  },
}

/** A page that a list by numbers or a button for more leads to, and that is not there or has nothing in it, is behind the end of the list. */
function isBehindEnd(page: Page, next: Settings['next']): boolean {
  if (next === undefined || 'link' in next || numberOf(page) === 1) return false
  return page.status === 404 || page.body.trim() === ''
}

/** A list by numbers shows its last page again behind its end, and a button for more may stay there. */
function onRepeatOf(next: Settings['next']): NonNullable<Onward['onRepeat']> {
  if (next === undefined || 'link' in next) return 'problem'
  return 'pageNumber' in next ? 'end' : 'more'
}

function checkConfig(config: JsonObject): string | null {
  const read = Settings.safeParse(config)
  return read.success
    ? null
    : `The special settings do not say how to read this site: ${firstIssue(read.error)}. An example: ${EXAMPLE}`
}
