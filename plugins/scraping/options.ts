import type { Pool } from '../../src/database/with-transaction.ts'
import { Gate } from '../../src/egress/gate.ts'
import { createPacing } from '../../src/egress/pacing.ts'
import { US_DOLLAR } from '../../src/domain/money.ts'
import { getSchedule, type Schedule, type Settings } from '../../src/env.ts'
import { createBrowserFetcher } from './adapters/browser/browser-fetcher.ts'
import { createPoliteFetcher } from './adapters/polite-fetcher.ts'
import { createRobotsStore } from './store/robots.ts'
import { ROBOT_NAME } from './adapters/robots.ts'
import type { PageFetcher } from './domain/fetching.ts'
import { getCarSelectors, getMoreButtonSelector } from './domain/more-button.ts'
import { createPriceFormat, type PriceFormat } from './domain/price-format.ts'
import type { Competitor } from './domain/runs.ts'
import { computeBackoff, type ScrapeFailure } from './domain/scrape-failure.ts'

/** The options of the scraping room; src/env.ts describes each setting. */
export type ScrapingOptions = {
  /**
   * The contact for owners of scraped sites, sent with the requests: a URL or an e-mail address.
   */
  contact: string
  allowedOrigins?: readonly string[]
  /** Milliseconds between two requests to an allowed origin. */
  allowedGap?: number
  soldAfterDays?: number
  /** Our currency; prices in others are not read. */
  currency?: string
  /** The path of the browser; defaults to the usual paths. */
  chromium?: string | undefined
  sweep?: { schedule?: Schedule }
  prune?: { schedule?: Schedule }
}

/**
 * The resolved settings. `openFetcher` is called once per run, and the fetcher is closed after it.
 */
export type ScrapingSettings = {
  soldAfterDays: number
  priceFormat: PriceFormat
  sweep: { schedule?: Schedule }
  prune: { schedule?: Schedule }
  openFetcher: OpenFetcher
  /**
   * Returns the pause in seconds before the pages of a competitor's site are retried after a
   * failure.
   */
  backoff: (competitor: Pick<Competitor, 'inventoryUrl'>, failure: ScrapeFailure) => number
}

/**
 * Opens a fetcher. With `isTestScrape`, a user waits for the first pages, so the button for more
 * cars is only clicked for a short time.
 */
type OpenFetcher = (
  pool: Pool,
  competitor: Pick<Competitor, 'usePlaywright' | 'scraperConfig'>,
  options?: { isTestScrape?: boolean },
) => Promise<PageFetcher>

/** The minimum time between two requests to an origin on the public internet. */
const MIN_GAP_MS = 1_000
/**
 * The maximum time for which a test scrape clicks the button for more cars; the whole test scrape
 * takes up to a minute.
 */
const TEST_SCRAPE_CLICK_MS = 15_000

export function resolveScrapingSettings(options: ScrapingOptions): ScrapingSettings {
  const {
    contact,
    allowedOrigins = [],
    allowedGap = MIN_GAP_MS,
    soldAfterDays = 0,
    currency = US_DOLLAR,
    chromium,
    sweep = {},
    prune = {},
  } = options
  const gate = new Gate(allowedOrigins)
  const gapFor = (url: URL) => (gate.isAllowed(url) ? allowedGap : MIN_GAP_MS)
  const createPoliteness = (pool: Pool) => ({
    gate,
    pacing: createPacing(pool),
    robotsStore: createRobotsStore(pool),
    userAgent: `${ROBOT_NAME}/1.0 (+${contact})`,
    gapFor,
  })
  const openFetcher: OpenFetcher = async (
    pool,
    { usePlaywright, scraperConfig },
    { isTestScrape = false } = {},
  ) => {
    if (!usePlaywright) return createPoliteFetcher(createPoliteness(pool))
    const more = {
      clickMore: getMoreButtonSelector(scraperConfig),
      cars: getCarSelectors(scraperConfig),
    }
    return createBrowserFetcher(createPoliteness(pool), {
      executable: chromium,
      ...more,
      ...(isTestScrape && { clicking: TEST_SCRAPE_CLICK_MS }),
    })
  }
  const backoff: ScrapingSettings['backoff'] = ({ inventoryUrl }, failure) => {
    const url = URL.parse(inventoryUrl)
    return computeBackoff(failure, url ? gapFor(url) : MIN_GAP_MS)
  }
  const priceFormat = createPriceFormat(currency)
  return { soldAfterDays, priceFormat, sweep, prune, openFetcher, backoff }
}

/** Derives the options from the application settings. */
export const getScrapingOptions = (settings: Settings): ScrapingOptions => ({
  contact: settings.SCRAPING_CONTACT ?? settings.publicOrigin,
  allowedOrigins: settings.SCRAPING_ALLOWED_ORIGINS,
  allowedGap: settings.SCRAPING_ALLOWED_GAP_MS,
  soldAfterDays: settings.SCRAPING_SOLD_AFTER_DAYS,
  currency: settings.CURRENCY,
  chromium: settings.CHROMIUM_PATH,
  sweep: getSchedule(settings, 'SCHEDULE_COMPETITOR_SCRAPE'),
  prune: getSchedule(settings, 'SCHEDULE_PRUNE_SCRAPES'),
})
