import type { Page, PageRequest } from './pages.ts'
import type { ScrapeFailure } from './scrape-failure.ts'

/** A page that was kept, and what the site called that state of it. */
export type CachedPage = {
  etag: string | null
  lastModified: string | null
  url: string
  contentType: string
  body: string
}

/**
 * A page that was fetched, and what the site called this state of it. `same`: it is the kept one,
 * unchanged. `unfinished`: why it may show fewer cars than there are, in a sentence. `failure`:
 * what went wrong while it loaded, which is the reason when it shows no cars at all.
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
 * Fetches pages, one after the other. Throws ScrapeFailure, RetryAfterError where the site said
 * when to come back, and the signal's reason.
 */
export type PageFetcher = {
  fetch: (
    request: PageRequest,
    cached: CachedPage | null,
    signal: AbortSignal,
  ) => Promise<FetchedPage>
  close: () => Promise<void>
}

/** What is known of an origin's robots.txt: its status and text, when it was read. */
export type StoredRobots = { status: number; text: string }

/** Where workers on all machines keep order before one origin. Times are milliseconds. */
export type OriginStore = {
  /**
   * Takes the turn of an origin for `lease`; answers 0 then, else how long to wait before asking
   * again.
   */
  tryAcquire: (origin: string, holder: string, lease: number) => Promise<number>
  /** Gives the turn back; the next one comes after `gap`. */
  release: (origin: string, holder: string, gap: number) => Promise<void>
  /** What was read within a day. */
  findRobots: (origin: string) => Promise<StoredRobots | null>
  saveRobots: (origin: string, robots: StoredRobots) => Promise<void>
}
