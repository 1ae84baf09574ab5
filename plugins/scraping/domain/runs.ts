import type { DroppedListing, Listing, PageRequest } from './pages.ts'
import type { JsonObject } from './json.ts'
import type { ErrorType } from './scrape-failure.ts'

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
export type Run = {
  id: string
  platform: string | null
  resumed: boolean
}

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

/** Why a run was incomplete or failed. */
export type RunFailure = { type: ErrorType; message: string }

/** A run that waits for the decision of a manager. */
export type QuarantinedRun = {
  run: string
  competitor: string
  endedAt: Date
  complete: boolean
}
