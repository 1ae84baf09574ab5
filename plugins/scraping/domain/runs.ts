import type { DroppedListing, Listing, PageRequest } from './pages.ts'
import type { JsonObject } from './json.ts'

/**
 * Executes a statement in the open transaction, with values for `$1`, `$2`, …. Returns timestamps
 * as text.
 */
export type Sql = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** Runs `work` in one transaction that is committed or rolled back as a whole. */
export type Commit = <Value>(work: (sql: Sql) => Promise<Value>) => Promise<Value>

/** The fields of a competitor that a run needs. */
export type Competitor = {
  id: string
  name: string
  inventoryUrl: string
  platformType: string | null
  usePlaywright: boolean
  scraperConfig: JsonObject
  active: boolean
}

/** An unfinished run of a competitor. `platform` is null until it is detected on the first page. */
export type Run = { id: string; platform: string | null; resumed: boolean }

/**
 * A claimed page of a run. `attempts` includes the current one; `deferrals` is how many times the
 * site deferred the page.
 */
export type ClaimedPage = {
  id: number
  key: string
  request: PageRequest
  attempts: number
  deferrals: number
}

/** The combined content of all pages of a run; may contain duplicate listings. */
export type CollectedListings = {
  listings: Listing[]
  dropped: DroppedListing[]
  announced: number | null
  /**
   * Whether the crawl ended before the end of the site, because the site has too many pages or
   * repeats them; a string is another reason, in one sentence.
   */
  cut: boolean | string
}

/** The number of changes that a run made to the known stock. */
export type Changes = {
  new: number
  sold: number
  relisted: number
  repriced: number
  moved: number
}
