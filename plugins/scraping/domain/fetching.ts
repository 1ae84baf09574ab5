import type { Page, PageRequest } from './pages.ts'
import type { ScrapeFailure } from './scrape-failure.ts'

/** A cached page with its validators, the site's `etag` and `lastModified`. */
export type CachedPage = {
  etag: string | null
  lastModified: string | null
  url: string
  contentType: string
  body: string
}

/**
 * A fetched page with its validators. `notModified` is whether it is the unchanged cached page.
 * `unfinished` is why it may not show all cars, in one sentence. `failure` is an error while the
 * page loaded, and the reason if it shows no cars.
 */
export type FetchedPage = {
  page: Page
  etag: string | null
  lastModified: string | null
  notModified: boolean
  unfinished?: string | null
  failure?: ScrapeFailure | null
}

/**
 * Fetches one page at a time. Throws ScrapeFailure, RetryAfterError if the site specified when to
 * retry, and the signal's reason.
 */
export type PageFetcher = {
  fetch: (
    request: PageRequest,
    cached: CachedPage | null,
    signal: AbortSignal,
  ) => Promise<FetchedPage>
  close: () => Promise<void>
}

/** The status and text of an origin's robots.txt. */
export type StoredRobots = { status: number; text: string }

/** Keeps the robots.txt of each origin for the workers of all machines. */
export type RobotsStore = {
  /** Returns a robots.txt that was read within a day, or null. */
  findRobots: (origin: string) => Promise<StoredRobots | null>
  saveRobots: (origin: string, robots: StoredRobots) => Promise<void>
}
