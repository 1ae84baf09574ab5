import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { postgresOf } from '../../../src/database/transaction.ts'
import { type TrialRun, tryOut } from '../adapters/trial.ts'
import type { Listing } from '../domain/pages.ts'
import type { Competitor } from '../domain/runs.ts'
import { asPutOff, asScrapeFailure } from '../domain/scrape-failure.ts'
import { trialWarnings } from '../domain/trial-warnings.ts'
import type { ScrapingSettings } from '../options.ts'
import { catalogueMakes } from '../store.ts'
import { answer, competitorAt, forStaff, inTrail } from './asking.ts'

const PATIENCE_MS = 60_000
const MOST_ROWS = 50

const text = z.string().nullable()
const ROW = z.object({
  ...{ vin: text, stockNumber: text, title: text, make: text, model: text, trim: text, url: text, imageUrl: text },
  ...{ exteriorColor: text, transmission: text, fuelType: text, bodyStyle: text },
  year: z.number().nullable(),
  price: z.number().nullable(),
  mileage: z.number().nullable(),
})
const TRIAL = z.strictObject({
  /** Why nothing was read, in the words that the competitor's row would have; null when something was. */
  problem: z.object({ type: z.string(), message: z.string() }).nullable(),
  platform: text,
  pages: z.number(),
  found: z.number(),
  announced: z.number().nullable(),
  dropped: z.array(z.object({ what: z.string(), why: z.string() })),
  /** Of each field of the first car, the selector, key or property that gave it. */
  sources: z.record(z.string(), z.string()),
  warnings: z.array(z.string()),
  rows: z.array(ROW),
})

/**
 * POST /api/competitors/:id/test: reads the first pages of a competitor's site as a run would, and answers what they gave. Nothing is
 * saved, but that somebody asked.
 */
export const testScrape = (settings: ScrapingSettings): Endpoint => ({
  path: '/:id/test',
  method: 'post',
  handler: forStaff('managers', async (req) => {
    const competitor = await competitorAt(req)
    await inTrail(req, async () => ({ value: null, action: 'test_scrape', competitor: competitor.id, fields: {} }))
    return answer(TRIAL, await trialOf(req, settings, competitor))
  }),
})

const NOTHING = { platform: null, pages: 0, found: 0, announced: null, dropped: [], sources: {}, warnings: [], rows: [] }

async function trialOf(req: PayloadRequest, settings: ScrapingSettings, competitor: Competitor): Promise<z.input<typeof TRIAL>> {
  const late = AbortSignal.timeout(PATIENCE_MS)
  const signal = req.signal ? AbortSignal.any([req.signal, late]) : late
  try {
    const fetcher = await settings.openFetcher(postgresOf(req.payload).pool, competitor)
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

function trialAnswer(trial: TrialRun): z.input<typeof TRIAL> {
  const { platform, pages, listings, announced, sources } = trial
  return {
    problem: null,
    ...{ platform, pages, found: listings.length, announced, sources, dropped: trial.dropped.slice(0, MOST_ROWS) },
    warnings: trialWarnings(trial),
    rows: listings.slice(0, MOST_ROWS).map(rowOf),
  }
}

const rowOf = ({ priceCents, ...listing }: Listing) => ({ ...listing, price: priceCents === null ? null : priceCents / 100 })
