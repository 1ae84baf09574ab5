import type { CatalogName } from '../../../src/domain/models.ts'
import { clampListing } from '../domain/column-limits.ts'
import type { PageFetcher } from '../domain/fetching.ts'
import { dedupeCars } from '../domain/identity.ts'
import type { DroppedListing, Listing, PageFound, PageRequest } from '../domain/pages.ts'
import { detectPlatform, findPlatform } from '../platforms/index.ts'
import type { Competitor } from '../domain/runs.ts'
import { ScrapeFailure } from '../domain/scrape-failure.ts'
import { requireReadable, isComplete } from './crawl.ts'
import { hashRequest } from './frontier.ts'

/**
 * As many pages as a trial reads; platforms that find their endpoint on the first page need two.
 */
const MAX_TRIAL_PAGES = 3

/**
 * What a trial gave. `sources` says of each field of the first car what on the page it came from.
 */
export type TrialResult = {
  platform: string
  pages: number
  listings: Listing[]
  dropped: DroppedListing[]
  announced: number | null
  hasMorePages: boolean
  /** Why one of the pages may show fewer cars than there are; null where all of them are whole. */
  unfinished: string | null
  sources: PageFound['sources']
}

/**
 * Reads the first pages of a competitor's site and writes nothing. Throws ScrapeFailure and
 * RetryAfterError.
 */
export async function scrapeTrial(
  { inventoryUrl, platformType, scraperConfig }: Competitor,
  {
    makes,
    fetcher,
    signal,
  }: { makes: readonly CatalogName[]; fetcher: PageFetcher; signal: AbortSignal },
): Promise<TrialResult> {
  const first = await fetcher.fetch({ url: inventoryUrl }, null, signal)
  const platform = findPlatform(platformType) ?? detectPlatform(first.page)
  if (!platform)
    throw new ScrapeFailure(
      'parse',
      'The platform of the site is unknown. Choose its platform, or describe how to read it.',
    )
  const problem = platform.checkConfig?.(scraperConfig) ?? null
  if (problem !== null)
    throw new ScrapeFailure(
      'parse',
      `The special settings do not work with ${platform.name}: ${problem}`,
    )
  const waiting: PageRequest[] = [...platform.listFirstRequests(inventoryUrl, scraperConfig)]
  const run = {
    platform: platform.name,
    pages: 1,
    listings: [] as Listing[],
    dropped: [] as DroppedListing[],
  }
  const report: Pick<TrialResult, 'announced' | 'sources' | 'unfinished'> = {
    announced: null,
    sources: {},
    unfinished: null,
  }
  const firstKey = hashRequest({ url: inventoryUrl })
  for (
    let request = waiting.shift();
    request && run.pages <= MAX_TRIAL_PAGES;
    request = waiting.shift()
  ) {
    const isFirst = hashRequest(request) === firstKey
    const fetched = isFirst ? first : await fetcher.fetch(request, null, signal)
    run.pages += isFirst ? 0 : 1
    const found = requireReadable(
      platform.read({ ...fetched.page, request }, scraperConfig, makes),
      fetched,
    )
    run.listings.push(...found.listings)
    run.dropped.push(...found.dropped)
    report.announced = found.total ?? report.announced
    if (!isComplete(found)) report.unfinished ??= fetched.unfinished ?? null
    if (Object.keys(report.sources).length === 0) report.sources = found.sources
    waiting.push(...found.next)
    if (run.pages >= MAX_TRIAL_PAGES) break
  }
  return {
    ...run,
    ...report,
    listings: dedupeCars(run.listings.map(clampListing)),
    hasMorePages: waiting.length > 0,
  }
}
