import type { Platform } from '../../domain/pages.ts'
import { baseOf, elementsOf } from '../html-page.ts'
import { draftsAt } from '../price-text.ts'
import { unreadable, listPage } from '../walk-page.ts'
import { CARD, draftOf, nextOf } from './parse.ts'

/** Dealersync: cards of HTML, each car twice, its old price beside the asked one, and more of them by a button. It says no total. */
export const dealersync: Platform = {
  name: 'Dealersync',
  recognizes: ({ body }) => /\bds-(?:vehicle-list-item|car-griditem|listview-)/.test(body),
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, extraMakes) => {
    const bad = unreadable(page)
    if (bad) return bad
    if (!/\bds-/.test(page.body)) return { problem: `No page of a Dealersync site (nothing of it is named ds-…): ${page.url}` }
    const $ = elementsOf(page.body)
    const base = baseOf($, page.url)
    const drafts = draftsAt($, CARD, draftOf)
    const url = nextOf($, base)
    return listPage(page, { drafts, base, total: null, next: url === null ? null : { url }, onRepeat: 'more' }, extraMakes)
  },
}
