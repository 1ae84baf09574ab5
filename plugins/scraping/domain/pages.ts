import type { CatalogName } from '../../../src/domain/models.ts'
import type { CarIdentity } from './identity.ts'
import type { JsonObject } from './json.ts'
import type { ListingField, NumberField, TextField } from './listing-fields.ts'
import type { PriceFormat } from './price-format.ts'

/**
 * A page of a competitor's site to fetch. `carry` contains what its parser needs from earlier
 * pages, such as the site ID or the position in the list. It is saved with the request, so that any
 * worker on any machine can parse the page.
 */
export type PageRequest = {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  carry?: JsonObject
}

/**
 * A fetched page: its decoded text, and its URL after redirects. `status` is 200 to 299, or 404.
 */
export type Page = {
  request: PageRequest
  status: number
  url: string
  contentType: string
  body: string
}

/**
 * A car as a page shows it. `priceCents` is the asking price, and `mileage` is in miles. A field is
 * null if the page does not contain it or if it cannot be read; unreadable fields are in `unread`.
 */
export type Listing = Record<TextField, string | null> &
  Record<NumberField, number | null> & { raw: JsonObject; unread?: readonly ListingField[] }

/**
 * A listing that could not be read, and why, in one sentence. `names` are the identifiers from the
 * expected fields, and `mentions` are identifiers from anywhere else in it. Without either, the car
 * is unknown.
 */
export type DroppedListing = {
  what: string
  why: string
  names?: readonly CarIdentity[]
  mentions?: readonly CarIdentity[]
}

/**
 * The content of one page. `total` is the number of cars that the site claims to have, or null.
 * `next` are the pages that follow. `sources` is the selector, key or property of each field of the
 * first listing, for the report of a test scrape. `cut` is whether the list started over, so that
 * it is unknown whether the list has ended.
 */
export type PageFound = {
  listings: Listing[]
  dropped: DroppedListing[]
  total: number | null
  next: PageRequest[]
  sources: Partial<Record<keyof Listing, string>>
  cut?: boolean
}

/**
 * The parsed page, or why it is not a page of this platform. A bad page fails its whole run; a bad
 * listing is dropped.
 */
export type PageResult = PageFound | { problem: string }

/**
 * What reading a page depends on apart from the page: the format of prices in our currency, and the
 * makes in the catalog, for recognizing them in titles.
 */
export type ReadContext = { priceFormat: PriceFormat; extraMakes?: readonly CatalogName[] }

/**
 * How to read the sites of one platform. A platform fetches nothing: it returns requests and parses
 * pages one by one, in any process.
 */
export type Platform = {
  name: string
  /** Whether a first page, fetched from the inventory URL, belongs to this platform. */
  recognizes: (page: Page) => boolean
  /**
   * Returns the first requests of a crawl. `config` contains the competitor's platform settings,
   * which `checkConfig` has validated if the platform has one.
   */
  listFirstRequests: (inventoryUrl: string, config: JsonObject) => PageRequest[]
  /** Parses a page. */
  read: (page: Page, config: JsonObject, context: ReadContext) => PageResult
  /**
   * Returns what is wrong with a competitor's platform settings, in one sentence; null if they are
   * valid.
   */
  checkConfig?: (config: JsonObject) => string | null
}
