import type { CatalogName } from '../../../src/domain/models.ts'
import { fitting } from '../domain/fitting.ts'
import type { PageFetcher } from '../domain/fetching.ts'
import { withoutTwins } from '../domain/identity.ts'
import type { Dropped, Listing, PageFound, PageRequest } from '../domain/pages.ts'
import { detectPlatform, platformNamed } from '../platforms/index.ts'
import type { Competitor } from '../domain/runs.ts'
import { ScrapeFailure } from '../domain/scrape-failure.ts'
import { foundOn, isWhole } from './walk.ts'
import { keyOf } from './frontier.ts'

/** As many pages as a trial reads; platforms that find their endpoint on the first page need two. */
const PAGES = 3

/** What a trial gave. `sources` says of each field of the first car what on the page it came from. */
export type TrialRun = {
  platform: string
  pages: number
  listings: Listing[]
  dropped: Dropped[]
  announced: number | null
  readOn: boolean
  /** Why one of the pages may show fewer cars than there are; null where all of them are whole. */
  unfinished: string | null
  sources: PageFound['sources']
}

/** Reads the first pages of a competitor's site and writes nothing. Throws ScrapeFailure and PutOff. */
export async function tryOut(
  { inventoryUrl, platformType, scraperConfig }: Competitor,
  { makes, fetcher, signal }: { makes: readonly CatalogName[]; fetcher: PageFetcher; signal: AbortSignal },
): Promise<TrialRun> {
  const first = await fetcher.fetch({ url: inventoryUrl }, null, signal)
  const platform = platformNamed(platformType) ?? detectPlatform(first.page)
  if (!platform)
    throw new ScrapeFailure('parse', 'What the site is made with is not known. Choose its platform, or say how to read it.')
  const problem = platform.checkConfig?.(scraperConfig) ?? null
  if (problem !== null) throw new ScrapeFailure('parse', `The special settings do not serve for ${platform.name}: ${problem}`)
  const waiting: PageRequest[] = [...platform.begin(inventoryUrl, scraperConfig)]
  const run = { platform: platform.name, pages: 1, listings: [] as Listing[], dropped: [] as Dropped[] }
  const report: Pick<TrialRun, 'announced' | 'sources' | 'unfinished'> = { announced: null, sources: {}, unfinished: null }
  const firstKey = keyOf({ url: inventoryUrl })
  for (let request = waiting.shift(); request && run.pages <= PAGES; request = waiting.shift()) {
    const isFirst = keyOf(request) === firstKey
    const fetched = isFirst ? first : await fetcher.fetch(request, null, signal)
    run.pages += isFirst ? 0 : 1
    const found = foundOn(platform.read({ ...fetched.page, request }, scraperConfig, makes), fetched)
    run.listings.push(...found.listings)
    run.dropped.push(...found.dropped)
    report.announced = found.total ?? report.announced
    if (!isWhole(found)) report.unfinished ??= fetched.unfinished ?? null
    if (Object.keys(report.sources).length === 0) report.sources = found.sources
    waiting.push(...found.next)
    if (run.pages >= PAGES) break
  }
  return { ...run, ...report, listings: withoutTwins(run.listings.map(fitting)), readOn: waiting.length > 0 }
}
