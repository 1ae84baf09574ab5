import type { Platform } from '../../domain/pages.ts'
import { numberOf } from '../../domain/walk.ts'
import { baseOf, elementsOf } from '../html-page.ts'
import { draftsAt } from '../price-text.ts'
import { unreadable, listPage } from '../walk-page.ts'
import { CARD, draftOf, nextOf } from './parse.ts'

/** DealerCenter: cards of HTML, and a chevron to the next page. It does not say how many cars there are. */
export const dealerCenter: Platform = {
  name: 'DealerCenter',
  recognizes: ({ body }) => /\bdws-(?:vehicle-listing|listing-item)/.test(body),
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, extraMakes) => {
    const bad = unreadable(page)
    if (bad) return bad
    if (!/\bdws-/.test(page.body))
      return { problem: `No page of a DealerCenter site (nothing of it is named dws-…): ${page.url}` }
    const $ = elementsOf(page.body)
    const base = baseOf($, page.url)
    const drafts = draftsAt($, CARD, draftOf)
    const url = nextOf($, { pageUrl: page.url, base }, numberOf(page))
    return listPage(page, { drafts, base, total: null, next: url === null ? null : { url } }, extraMakes)
  },
}
