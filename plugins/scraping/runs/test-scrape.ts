import { clampListing } from '../domain/column-limits.ts'
import type { FetchedPage, PageFetcher } from '../domain/fetching.ts'
import { dedupeCars } from '../domain/identity.ts'
import type {
  DroppedListing,
  Listing,
  PageFound,
  PageRequest,
  Platform,
  ReadContext,
} from '../domain/pages.ts'
import { detectPlatform, findPlatform } from '../platforms/index.ts'
import type { Competitor } from '../domain/runs.ts'
import { ScrapeFailure } from '../domain/scrape-failure.ts'
import { requireReadable, isComplete } from './crawl.ts'
import { hashRequest } from '../store/frontier.ts'

/**
 * The maximum number of pages in a test scrape; platforms that find their endpoint on the first
 * page need two.
 */
const MAX_TEST_SCRAPE_PAGES = 3

/**
 * The result of a test scrape. `sources` contains, for each field of the first car, its source on
 * the page.
 */
export type TestScrapeResult = {
  platform: string
  pages: number
  listings: Listing[]
  dropped: DroppedListing[]
  announced: number | null
  hasMorePages: boolean
  /** Why one of the pages may not show all of its cars; null if all pages are complete. */
  unfinished: string | null
  sources: PageFound['sources']
}

type TestScrapeOptions = {
  context: ReadContext
  fetcher: PageFetcher
  signal: AbortSignal
}

/**
 * Reads the first pages of a competitor's site and saves nothing. Throws ScrapeFailure and
 * RetryAfterError.
 */
export async function scrapeFirstPages(
  { inventoryUrl, platformType, scraperConfig }: Competitor,
  { context, fetcher, signal }: TestScrapeOptions,
): Promise<TestScrapeResult> {
  const first = await fetcher.fetch({ url: inventoryUrl }, null, signal)
  const platform = findPlatform(platformType) ?? detectPlatform(first.page)
  checkPlatform(platform, scraperConfig)
  const waiting: PageRequest[] = [...platform.listFirstRequests(inventoryUrl, scraperConfig)]
  const result = createEmptyResult(platform.name)
  const firstKey = hashRequest({ url: inventoryUrl })
  for (
    let request = waiting.shift();
    request && result.pages <= MAX_TEST_SCRAPE_PAGES;
    request = waiting.shift()
  ) {
    const isFirst = hashRequest(request) === firstKey
    const fetched = isFirst ? first : await fetcher.fetch(request, null, signal)
    result.pages += isFirst ? 0 : 1
    const page = platform.read({ ...fetched.page, request }, scraperConfig, context)
    const found = requireReadable(page, fetched)
    addPage(result, found, fetched)
    waiting.push(...found.next)
    if (result.pages >= MAX_TEST_SCRAPE_PAGES) break
  }
  const listings = dedupeCars(result.listings.map(clampListing))
  return { ...result, listings, hasMorePages: waiting.length > 0 }
}

/** Throws ScrapeFailure if the platform is unknown or the platform settings do not fit it. */
function checkPlatform(
  platform: Platform | null,
  scraperConfig: Competitor['scraperConfig'],
): asserts platform is Platform {
  if (!platform)
    throw new ScrapeFailure(
      'parse',
      'The platform of the site is unknown. Choose its platform, or describe how to read it.',
    )
  const problem = platform.checkConfig?.(scraperConfig) ?? null
  if (problem !== null)
    throw new ScrapeFailure(
      'parse',
      `The platform settings do not work with ${platform.name}: ${problem}`,
    )
}

const createEmptyResult = (platform: string): TestScrapeResult => ({
  platform,
  pages: 1,
  listings: [],
  dropped: [],
  announced: null,
  hasMorePages: false,
  unfinished: null,
  sources: {},
})

/**
 * Adds the content of a page: all of its cars, and the sources of fields from the first page that
 * has any.
 */
function addPage(result: TestScrapeResult, found: PageFound, fetched: FetchedPage): void {
  result.listings.push(...found.listings)
  result.dropped.push(...found.dropped)
  result.announced = found.total ?? result.announced
  if (!isComplete(found)) result.unfinished ??= fetched.unfinished ?? null
  if (Object.keys(result.sources).length === 0) result.sources = found.sources
}
