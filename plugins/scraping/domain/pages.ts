import type { CatalogName } from '../../../src/domain/models.ts'
import type { CarIdentity } from './identity.ts'
import type { JsonObject } from './json.ts'

/**
 * A page of a competitor's site to fetch. `carry` is what reading it needs to know from the pages
 * before it (a site's id, how far the walk is); it is kept with the request, so that whoever
 * fetches the page, on whatever machine, can read it.
 */
export type PageRequest = {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  carry?: JsonObject
}

/**
 * A page as it came: decoded text, and the address that it came from after redirects. `status` is
 * 200 to 299, or 404.
 */
export type Page = {
  request: PageRequest
  status: number
  url: string
  contentType: string
  body: string
}

/**
 * A car as a page shows it. `priceCents` is what they ask for it, `mileage` is miles; null is what
 * the page does not say, or what could not be read: those fields are `unread`.
 */
export type Listing = {
  vin: string | null
  stockNumber: string | null
  externalId: string | null
  url: string | null
  title: string | null
  year: number | null
  make: string | null
  model: string | null
  trim: string | null
  priceCents: number | null
  mileage: number | null
  exteriorColor: string | null
  transmission: string | null
  fuelType: string | null
  bodyStyle: string | null
  imageUrl: string | null
  raw: JsonObject
  unread?: readonly ListingField[]
}

/** A fact of a listing. */
export type ListingField = Exclude<keyof Listing, 'raw' | 'unread'>

/**
 * A listing that could not be read, and why in one sentence. `names` are what its car is called
 * where cars are, `mentions` what else in it may name one; without either, nobody knows which car
 * was not read.
 */
export type DroppedListing = {
  what: string
  why: string
  names?: readonly CarIdentity[]
  mentions?: readonly CarIdentity[]
}

/**
 * What one page gave. `total` is how many cars the site says it has, null where it says nothing;
 * `next` are the pages that follow. `sources` says for each field of the first listing which
 * selector, key or property gave it (for the trial run's report). `cut`: the list showed its
 * beginning again, and it is unknown whether that was its end.
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
 * A page as read: what it gave, or why it is no page of this platform. A bad page fails its whole
 * run; a bad listing is dropped.
 */
export type PageResult = PageFound | { problem: string }

/**
 * How sites of one making are read. It fetches nothing itself: it names pages to fetch, and reads
 * them one by one, in any process.
 */
export type Platform = {
  name: string
  /** Whether a first page, fetched from the inventory address, is of this making. */
  recognizes: (page: Page) => boolean
  /**
   * Where a walk begins. `config` is the competitor's own settings, already checked by
   * `checkConfig` where the platform has one.
   */
  listFirstRequests: (inventoryUrl: string, config: JsonObject) => PageRequest[]
  /** `extraMakes` are makes that the catalogue knows, for the titles that name one. */
  read: (page: Page, config: JsonObject, extraMakes?: readonly CatalogName[]) => PageResult
  /** What is wrong with a competitor's own settings, in a sentence; null when they serve. */
  checkConfig?: (config: JsonObject) => string | null
}
