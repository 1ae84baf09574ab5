import type { DroppedListing, Listing, PageRequest } from './pages.ts'
import type { JsonObject } from './json.ts'

/**
 * A statement on whatever transaction is open; `$1`, `$2`, … are its values. Moments come back as
 * text.
 */
export type Sql = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** Does `work` in one transaction that is kept whole or not at all. */
export type Commit = <Value>(work: (sql: Sql) => Promise<Value>) => Promise<Value>

/** A competitor as a run needs to know it. */
export type Competitor = {
  id: string
  name: string
  inventoryUrl: string
  platformType: string | null
  usePlaywright: boolean
  scraperConfig: JsonObject
  active: boolean
}

/**
 * A reading of a competitor's stock that is under way. `platform` is null until the first page told
 * it.
 */
export type Run = { id: string; platform: string | null; resumed: boolean }

/**
 * A page of a run in hand; `attempts` counts this one, `putOff` how often the site said to come
 * back later.
 */
export type ClaimedPage = {
  id: number
  key: string
  request: PageRequest
  attempts: number
  deferrals: number
}

/** What the pages of a run gave, all together; a listing may be there twice. */
export type CollectedListings = {
  listings: Listing[]
  dropped: DroppedListing[]
  announced: number | null
  /**
   * The walk was ended before the site's end: it has too many pages, shows the same ones again, or
   * why else, in a sentence.
   */
  cut: boolean | string
}

/** How often a run changed what is known. */
export type Changes = {
  new: number
  sold: number
  relisted: number
  repriced: number
  moved: number
}
