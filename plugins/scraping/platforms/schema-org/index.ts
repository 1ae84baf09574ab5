import type { Platform } from '../../domain/pages.ts'
import { baseOf, elementsOf } from '../html-page.ts'
import { draftsOf, readEach } from '../json-answer.ts'
import { carPage, unreadable, isCarPage, leadsToCars, listPage, ownAddresses } from '../walk-page.ts'
import { brokenCars, draftOf, isSold, linkedData, nextOf } from './parse.ts'
import { Thing } from './schema.ts'

/**
 * schema.org: a site of any making whose pages describe their cars in JSON-LD. A list that only names addresses is followed to them; the
 * list goes on where the page says `rel="next"`. Nothing says how many cars there are.
 */
export const schemaOrg: Platform = {
  name: 'schema.org',
  recognizes: ({ body }) => {
    const { cars, listed } = linkedData(elementsOf(body))
    return cars.length > 0 || listed.length > 0
  },
  begin: (inventoryUrl) => [{ url: inventoryUrl }],
  read: (page, _config, extraMakes) => {
    if (page.status === 404 && isCarPage(page)) return carPage(page, [])
    const bad = unreadable(page)
    if (bad) return bad
    const $ = elementsOf(page.body)
    const base = baseOf($, page.url)
    const linked = linkedData($)
    const { read, dropped } = readEach(linked.cars, Thing, base)
    const drafts = draftsOf(
      read.filter(({ item }) => !isSold(item)),
      draftOf,
    )
    if (isCarPage(page)) return carPage(page, drafts.slice(0, 1), extraMakes, base)
    if (linked.scripts === linked.broken.length)
      return { problem: `The page describes nothing in JSON-LD (${linked.broken.length} scripts of it are no JSON): ${page.url}` }
    const url = nextOf($, base)
    const next = url === null ? null : { url }
    if (linked.cars.length === 0 && linked.listed.length > 0)
      return leadsToCars(page, ownAddresses(page, linked.listed, base), { next })
    return listPage(page, { drafts, base, dropped: [...dropped, ...brokenCars(linked)], total: null, next }, extraMakes)
  },
}
