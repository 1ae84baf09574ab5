import type { Pool } from '../../src/database/with-transaction.ts'
import { Gate } from '../../src/egress/gate.ts'
import { parseUrl } from '../../src/domain/parse-url.ts'
import { getSchedule, type Schedule, type Settings } from '../../src/env.ts'
import { createOriginStore } from './adapters/origin-store.ts'
import { createBrowserFetcher } from './adapters/browser/browser-fetcher.ts'
import { createPoliteFetcher } from './adapters/polite-fetcher.ts'
import { ROBOT_NAME } from './adapters/robots.ts'
import type { PageFetcher } from './domain/fetching.ts'
import { getCarSelectors, getMoreButtonSelector } from './domain/more-button.ts'
import type { Competitor } from './domain/runs.ts'
import { computeBackoff, type ScrapeFailure } from './domain/scrape-failure.ts'

/** What the room may be told; src/env.ts says what each setting means. */
export type ScrapingOptions = {
  /** Whom a site's owner finds behind the requests: an address, or an e-mail. */
  contact: string
  allowedOrigins?: readonly string[]
  /** Milliseconds between two requests to one of those. */
  allowedGap?: number
  soldAfterDays?: number
  /** The browser; the usual places are looked at where this is not said. */
  chromium?: string | undefined
  sweep?: { schedule?: Schedule }
  prune?: { schedule?: Schedule }
}

/** What the room knows. `openFetcher` is made once for each run, and closed after it. */
export type ScrapingSettings = {
  soldAfterDays: number
  sweep: { schedule?: Schedule }
  prune: { schedule?: Schedule }
  openFetcher: OpenFetcher
  /**
   * How long a competitor's site is left alone after a failure before its pages are tried again, in
   * seconds.
   */
  backoff: (competitor: Pick<Competitor, 'inventoryUrl'>, failure: ScrapeFailure) => number
}

/**
 * `isTrial`: somebody waits for the first pages, so that a button for more is pressed for a short
 * time only.
 */
type OpenFetcher = (
  pool: Pool,
  competitor: Pick<Competitor, 'usePlaywright' | 'scraperConfig'>,
  options?: { isTrial?: boolean },
) => Promise<PageFetcher>

/** The least milliseconds between two requests to an origin of the public internet. */
const MIN_GAP_MS = 1_000
/** For how long a trial presses the button for more cars: it takes a minute at most. */
const TRIAL_CLICK_MS = 15_000

export function resolveScrapingSettings(options: ScrapingOptions): ScrapingSettings {
  const {
    contact,
    allowedOrigins = [],
    allowedGap = MIN_GAP_MS,
    soldAfterDays = 0,
    chromium,
    sweep = {},
    prune = {},
  } = options
  const gate = new Gate(allowedOrigins)
  const gapFor = (url: URL) => (gate.isAllowed(url) ? allowedGap : MIN_GAP_MS)
  const createPoliteness = (pool: Pool) => ({
    gate,
    book: createOriginStore(pool),
    userAgent: `${ROBOT_NAME}/1.0 (+${contact})`,
    gapFor,
  })
  const openFetcher: OpenFetcher = async (
    pool,
    { usePlaywright, scraperConfig },
    { isTrial = false } = {},
  ) => {
    if (!usePlaywright) return createPoliteFetcher(createPoliteness(pool))
    const more = {
      clickMore: getMoreButtonSelector(scraperConfig),
      cars: getCarSelectors(scraperConfig),
    }
    return createBrowserFetcher(createPoliteness(pool), {
      executable: chromium,
      ...more,
      ...(isTrial && { clicking: TRIAL_CLICK_MS }),
    })
  }
  const backoff: ScrapingSettings['backoff'] = ({ inventoryUrl }, failure) => {
    const url = parseUrl(inventoryUrl)
    return computeBackoff(failure, url ? gapFor(url) : MIN_GAP_MS)
  }
  return { soldAfterDays, sweep, prune, openFetcher, backoff }
}

/** What the settings of Forecourt say of scraping. */
export const getScrapingOptions = (settings: Settings): ScrapingOptions => ({
  contact: settings.SCRAPING_CONTACT ?? settings.publicOrigin,
  allowedOrigins: settings.SCRAPING_ALLOWED_ORIGINS,
  allowedGap: settings.SCRAPING_ALLOWED_GAP_MS,
  soldAfterDays: settings.SCRAPING_SOLD_AFTER_DAYS,
  chromium: settings.CHROMIUM_PATH,
  sweep: getSchedule(settings, 'SCHEDULE_COMPETITOR_SCRAPE'),
  prune: getSchedule(settings, 'SCHEDULE_PRUNE_SCRAPES'),
})
