import type { Endpoint, PayloadRequest } from 'payload'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../../src/api/openapi/operation.ts'
import { centsToAmount } from '../../../src/domain/money.ts'
import { type TrialResult, scrapeTrial } from '../adapters/trial.ts'
import type { Listing } from '../domain/pages.ts'
import type { Competitor } from '../domain/runs.ts'
import { findRetryAfterError, toScrapeFailure } from '../domain/scrape-failure.ts'
import { listTrialWarnings } from '../domain/trial-warnings.ts'
import { countUnread } from '../domain/unread-fields.ts'
import type { ScrapingSettings } from '../options.ts'
import { loadCatalogMakes } from '../store.ts'
import { TRIAL, type TrialAnswer } from './api-schemas.ts'
import {
  buildResponse,
  loadCompetitor,
  requireStaffRole,
  ID,
  withCompetitorAudit,
} from './context.ts'

const TRIAL_TIMEOUT_MS = 60_000
const MAX_ROWS = 50

/**
 * POST /api/competitors/:id/test: reads the first pages of a competitor's site like a run and
 * returns the result. Saves nothing except the audit entry of the request.
 */
export const testScrape = (settings: ScrapingSettings): Endpoint =>
  documentEndpoint(
    {
      summary: 'Test-scrape the first pages of a competitor’s site without saving anything',
      audience: ['staff'],
      params: ID,
      responses: {
        200: describeJson('The result.', TRIAL),
        ...describeRefusals(401, 403, 404),
      },
    },
    {
      path: '/:id/test',
      method: 'post',
      handler: requireStaffRole('managers', async (req) => {
        const competitor = await loadCompetitor(req)
        await withCompetitorAudit(req, async () => ({
          value: null,
          action: 'test_scrape',
          competitor: competitor.id,
          fields: {},
        }))
        return buildResponse(TRIAL, await runTrial(req, settings, competitor))
      }),
    },
  )

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
): Promise<TrialAnswer> {
  const timeout = AbortSignal.timeout(TRIAL_TIMEOUT_MS)
  const signal = req.signal ? AbortSignal.any([req.signal, timeout]) : timeout
  try {
    const fetcher = await settings.openFetcher(getPostgresAdapter(req.payload).pool, competitor, {
      isTrial: true,
    })
    const context = {
      priceFormat: settings.priceFormat,
      extraMakes: await loadCatalogMakes(req),
    }
    return buildTrialAnswer(
      await scrapeTrial(competitor, { context, fetcher, signal }).finally(() => fetcher.close()),
    )
  } catch (error) {
    req.signal?.throwIfAborted()
    if (timeout.aborted)
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

function buildTrialAnswer(trial: TrialResult): TrialAnswer {
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
      ...listTrialWarnings(trial),
    ],
    rows: listings.slice(0, MAX_ROWS).map(toTrialRow),
  }
}

const toTrialRow = ({ priceCents, unread: _unread, ...listing }: Listing) => ({
  ...listing,
  price: priceCents === null ? null : centsToAmount(priceCents),
})
