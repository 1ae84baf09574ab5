import type { Endpoint, PayloadRequest } from 'payload'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { centsToAmount } from '../../../src/domain/money.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { TimeLimitExceeded, withTimeLimit } from '../../../src/egress/time-limit.ts'
import { type TestScrapeResult, scrapeFirstPages } from '../runs/test-scrape.ts'
import type { Listing } from '../domain/pages.ts'
import type { Competitor } from '../domain/runs.ts'
import { findRetryAfterError, toScrapeFailure } from '../domain/scrape-failure.ts'
import { listTestScrapeWarnings } from '../domain/test-scrape-warnings.ts'
import { countUnread } from '../domain/unread-fields.ts'
import type { ScrapingSettings } from '../options.ts'
import { loadCatalogMakes } from '../store/catalog.ts'
import { TEST_SCRAPE, type TestScrapeAnswer } from './api-schemas.ts'
import { ID, loadCompetitor } from './context.ts'

const TRIAL_TIMEOUT_MS = 60_000
const MAX_ROWS = 50

/**
 * POST /api/competitors/:id/test: reads the first pages of a competitor's site like a run and
 * returns the result. Saves nothing except the audit entry of the request.
 */
export const testScrape = (settings: ScrapingSettings): Endpoint =>
  endpoint({
    method: 'post',
    path: '/:id/test',
    summary: 'Test-scrape the first pages of a competitor’s site without saving anything',
    access: callers.managers('competitors'),
    params: ID,
    audit: { action: 'test_scrape', resourceType: 'competitors' },
    response: describeJson('The result.', TEST_SCRAPE),
    refusals: [401, 403, 404],
    load: loadCompetitor,
    handler: async ({ req, competitor, runAudited }) => {
      await runAudited(() => Promise.resolve({ value: null, resource: competitor.id, fields: {} }))
      return TEST_SCRAPE.parse(await runTrial(req, settings, competitor))
    },
  })

const EMPTY_TRIAL = {
  platform: null,
  pages: 0,
  found: 0,
  announced: null,
  dropped: [],
  sources: {},
  unread: {},
  warnings: [],
  rows: [],
}

async function runTrial(
  req: PayloadRequest,
  settings: ScrapingSettings,
  competitor: Competitor,
): Promise<TestScrapeAnswer> {
  const scrape = async (signal: AbortSignal) => {
    const fetcher = await settings.openFetcher(getPostgresAdapter(req.payload).pool, competitor, {
      isTestScrape: true,
    })
    const context = {
      priceFormat: settings.priceFormat,
      extraMakes: await loadCatalogMakes(req),
    }
    return scrapeFirstPages(competitor, { context, fetcher, signal }).finally(() => fetcher.close())
  }
  try {
    const limit = { milliseconds: TRIAL_TIMEOUT_MS, signal: req.signal }
    return buildTrialAnswer(await withTimeLimit(limit, scrape))
  } catch (error) {
    req.signal?.throwIfAborted()
    if (error instanceof TimeLimitExceeded)
      return {
        ...EMPTY_TRIAL,
        problem: { type: 'timeout', message: 'The site took longer than a minute.' },
      }
    const { type, message } = findRetryAfterError(error)
      ? { type: 'blocked', message: (error as Error).message }
      : toScrapeFailure(error)
    if (type === 'unknown')
      req.payload.logger.error({ err: error, msg: `The test scrape of ${competitor.name} failed.` })
    return { ...EMPTY_TRIAL, problem: { type, message } }
  }
}

function buildTrialAnswer(trial: TestScrapeResult): TestScrapeAnswer {
  const { platform, pages, listings, announced, sources } = trial
  return {
    problem: null,
    platform,
    pages,
    found: listings.length,
    announced,
    sources,
    dropped: trial.dropped.slice(0, MAX_ROWS),
    unread: countUnread(listings),
    warnings: [
      ...(trial.unfinished === null ? [] : [trial.unfinished]),
      ...listTestScrapeWarnings(trial),
    ],
    rows: listings.slice(0, MAX_ROWS).map(toTrialRow),
  }
}

const toTrialRow = ({ priceCents, unread: _unread, ...listing }: Listing) => ({
  ...listing,
  price: priceCents === null ? null : centsToAmount(priceCents),
})
