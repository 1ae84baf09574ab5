import type { Endpoint, PayloadRequest } from 'payload'
import { postgresOf } from '../../../src/database/transaction.ts'
import { json, refusals, stated } from '../../../src/openapi/operation.ts'
import { type TrialRun, tryOut } from '../adapters/trial.ts'
import type { Listing } from '../domain/pages.ts'
import type { Competitor } from '../domain/runs.ts'
import { asPutOff, asScrapeFailure } from '../domain/scrape-failure.ts'
import { trialWarnings } from '../domain/trial-warnings.ts'
import { countUnread } from '../domain/unread.ts'
import type { ScrapingSettings } from '../options.ts'
import { catalogueMakes } from '../store.ts'
import { TRIAL, type TrialAnswer } from './answers.ts'
import { answer, competitorAt, forStaff, ID, inCompetitorTrail } from './asking.ts'

const PATIENCE_MS = 60_000
const MOST_ROWS = 50

/**
 * POST /api/competitors/:id/test: reads the first pages of a competitor's site as a run would, and answers what they gave. Nothing is
 * saved, but that somebody asked.
 */
export const testScrape = (settings: ScrapingSettings): Endpoint =>
  stated(
    {
      summary: 'Reads the first pages of a competitor’s site as a run would, and saves nothing',
      askers: ['staff'],
      params: ID,
      answers: { 200: json('What they gave.', TRIAL), ...refusals(401, 403, 404) },
    },
    {
      path: '/:id/test',
      method: 'post',
      handler: forStaff('managers', async (req) => {
        const competitor = await competitorAt(req)
        await inCompetitorTrail(req, async () => ({ value: null, action: 'test_scrape', competitor: competitor.id, fields: {} }))
        return answer(TRIAL, await trialOf(req, settings, competitor))
      }),
    },
  )

const NOTHING = {
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

async function trialOf(req: PayloadRequest, settings: ScrapingSettings, competitor: Competitor): Promise<TrialAnswer> {
  const late = AbortSignal.timeout(PATIENCE_MS)
  const signal = req.signal ? AbortSignal.any([req.signal, late]) : late
  try {
    const fetcher = await settings.openFetcher(postgresOf(req.payload).pool, competitor, { isTrial: true })
    const makes = await catalogueMakes(req)
    return trialAnswer(await tryOut(competitor, { makes, fetcher, signal }).finally(() => fetcher.close()))
  } catch (error) {
    req.signal?.throwIfAborted()
    if (late.aborted) return { ...NOTHING, problem: { type: 'timeout', message: 'The site took longer than a minute.' } }
    const { type, message } = asPutOff(error) ? { type: 'blocked', message: (error as Error).message } : asScrapeFailure(error)
    if (type === 'unknown') req.payload.logger.error({ err: error, msg: `A trial of ${competitor.name} failed.` })
    return { ...NOTHING, problem: { type, message } }
  }
}

function trialAnswer(trial: TrialRun): TrialAnswer {
  const { platform, pages, listings, announced, sources } = trial
  return {
    problem: null,
    ...{ platform, pages, found: listings.length, announced, sources, dropped: trial.dropped.slice(0, MOST_ROWS) },
    unread: countUnread(listings),
    warnings: [...(trial.unfinished === null ? [] : [trial.unfinished]), ...trialWarnings(trial)],
    rows: listings.slice(0, MOST_ROWS).map(rowOf),
  }
}

const rowOf = ({ priceCents, unread: _unread, ...listing }: Listing) => ({
  ...listing,
  price: priceCents === null ? null : priceCents / 100,
})
