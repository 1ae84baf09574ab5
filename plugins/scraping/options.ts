import type { Pool } from '../../src/database/in-transaction.ts'
import { Gate } from '../../src/egress/gate.ts'
import { parseUrl } from '../../src/domain/parse-url.ts'
import { scheduleOf, type Schedule, type Settings } from '../../src/env.ts'
import { originBook } from './adapters/origin-book.ts'
import { browserFetcher } from './adapters/browser/browser-fetcher.ts'
import { politeFetcher } from './adapters/polite-fetcher.ts'
import { ROBOT } from './adapters/robots.ts'
import type { PageFetcher } from './domain/fetching.ts'
import { carMarks, moreButton } from './domain/more-button.ts'
import type { Competitor } from './domain/runs.ts'
import { backoffAfter, type ScrapeFailure } from './domain/scrape-failure.ts'

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
  /** How long a competitor's site is left alone after a failure before its pages are tried again, in seconds. */
  backoff: (competitor: Pick<Competitor, 'inventoryUrl'>, failure: ScrapeFailure) => number
}

/** `isTrial`: somebody waits for the first pages, so that a button for more is pressed for a short time only. */
type OpenFetcher = (
  pool: Pool,
  competitor: Pick<Competitor, 'usePlaywright' | 'scraperConfig'>,
  options?: { isTrial?: boolean },
) => Promise<PageFetcher>

/** The least milliseconds between two requests to an origin of the public internet. */
const GAP_MS = 1_000
/** For how long a trial presses the button for more cars: it takes a minute at most. */
const TRIAL_CLICKING_MS = 15_000

export function resolve(options: ScrapingOptions): ScrapingSettings {
  const { contact, allowedOrigins = [], allowedGap = GAP_MS, soldAfterDays = 0, chromium, sweep = {}, prune = {} } = options
  const gate = new Gate(allowedOrigins)
  const gapFor = (url: URL) => (gate.isAllowed(url) ? allowedGap : GAP_MS)
  const politeness = (pool: Pool) => ({ gate, book: originBook(pool), userAgent: `${ROBOT}/1.0 (+${contact})`, gapFor })
  const openFetcher: OpenFetcher = async (pool, { usePlaywright, scraperConfig }, { isTrial = false } = {}) => {
    if (!usePlaywright) return politeFetcher(politeness(pool))
    const more = { clickMore: moreButton(scraperConfig), cars: carMarks(scraperConfig) }
    return browserFetcher(politeness(pool), { executable: chromium, ...more, ...(isTrial && { clicking: TRIAL_CLICKING_MS }) })
  }
  const backoff: ScrapingSettings['backoff'] = ({ inventoryUrl }, failure) => {
    const url = parseUrl(inventoryUrl)
    return backoffAfter(failure, url ? gapFor(url) : GAP_MS)
  }
  return { soldAfterDays, sweep, prune, openFetcher, backoff }
}

/** What the settings of Forecourt say of scraping. */
export const scrapingOptions = (settings: Settings): ScrapingOptions => ({
  contact: settings.SCRAPING_CONTACT ?? settings.publicOrigin,
  allowedOrigins: settings.SCRAPING_ALLOWED_ORIGINS,
  allowedGap: settings.SCRAPING_ALLOWED_GAP_MS,
  soldAfterDays: settings.SCRAPING_SOLD_AFTER_DAYS,
  chromium: settings.CHROMIUM_PATH,
  sweep: scheduleOf(settings, 'SCHEDULE_COMPETITOR_SCRAPE'),
  prune: scheduleOf(settings, 'SCHEDULE_PRUNE_SCRAPES'),
})
