import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { completeRun } from '../runs/complete-run.ts'
import { startRun, crawlPages } from '../runs/crawl.ts'
import type { Competitor, Run } from '../domain/runs.ts'
import { findRetryAfterError, toScrapeFailure, ScrapeFailure } from '../domain/scrape-failure.ts'
import type { ScrapingSettings } from '../options.ts'
import { loadCatalogMakes } from '../store/catalog.ts'
import { findCompetitor } from '../store/competitors.ts'
import { failRun } from '../store/runs.ts'
import { type Commit, createSql } from '../store/sql.ts'

/** The time limit of one try in seconds; the next try resumes the run. */
const EXPIRY_SECONDS = 6 * 3600
/** The maximum wait in seconds before a site is accessed again. */
const MAX_WAIT_SECONDS = 6 * 3600

/**
 * Scrapes the whole stock of a competitor and determines what is new, repriced and sold.
 * Idempotent: pages that were read are not read again, their content is saved with the run, and the
 * known stock changes only in the transaction that ends the run.
 */
export const scrapeCompetitor = (settings: ScrapingSettings) =>
  defineTask({
    name: 'scrape-competitor',
    queue: 'scraping',
    description: 'Scrapes the inventory of one competitor.',
    input: z.object({ competitor: z.uuid() }),
    expiry: EXPIRY_SECONDS,
    retries: { limit: 5, delay: 60, backoff: true },
    concurrency: 3,
    singletonKey: ({ competitor }) => competitor,
    canRun: permissions.canManageLot,
    run: async (ctx, { competitor: id }) => {
      const competitor = await ctx.commit((tx) => findCompetitor(tx, id))
      if (!competitor) throw new GiveUp('The competitor was deleted.')
      if (!competitor.active) return { skipped: `${competitor.name} is not watched.` }
      const commit: Commit = (work) => ctx.commit((tx) => work(createSql(tx)))
      const open: { run: Run | null } = { run: null }
      try {
        return await scrapeStock(ctx, settings, competitor, commit, open)
      } catch (error) {
        ctx.signal.throwIfAborted()
        throw await failOrRetry(ctx, commit, { competitor: id, run: open.run?.id ?? null }, error)
      }
    },
  })

async function scrapeStock(
  ctx: TaskContext,
  settings: ScrapingSettings,
  competitor: Competitor,
  commit: Commit,
  current: { run: Run | null },
) {
  const { signal, progress } = ctx
  const { soldAfterDays, priceFormat } = settings
  const reading = { priceFormat, extraMakes: await ctx.commit(loadCatalogMakes) }
  const backoff = (failure: ScrapeFailure) => settings.backoff(competitor, failure)
  const crawl = { competitor, reading, commit, signal, progress, backoff }
  const run = (current.run = await startRun(crawl, ctx.now()))
  const fetcher = await settings.openFetcher(getPostgresAdapter(ctx.payload).pool, competitor)
  try {
    await crawlPages(run, { ...crawl, fetcher })
  } finally {
    await fetcher.close()
  }
  const options = { competitor: competitor.id, run: run.id, at: ctx.now(), soldAfterDays }
  const { state, found, dropped, changes, failure } = await ctx.commit(async (tx) => {
    assertUnchanged(competitor, await findCompetitor(tx, competitor.id))
    return completeRun(createSql(tx), options)
  })
  return {
    run: run.id,
    state,
    found,
    dropped,
    ...changes,
    ...(failure && { trouble: failure.message }),
  }
}

/**
 * Throws ScrapeFailure if the setup of the competitor has changed since the run started, because
 * what was read is not its stock.
 */
function assertUnchanged(before: Competitor, now: Competitor | null): void {
  if (!now) throw new ScrapeFailure('unknown', 'The competitor was deleted.')
  const setUp = ({ inventoryUrl, platformType, scraperConfig }: Competitor) => ({
    inventoryUrl,
    platformType,
    scraperConfig,
  })
  if (!isDeepStrictEqual(setUp(before), setUp(now)))
    throw new ScrapeFailure(
      'incomplete',
      'The competitor’s setup was changed during the run, so nothing was saved. Run it again.',
    )
}

/**
 * Returns the error with which a failed run ends: one that schedules a retry, or GiveUp after
 * saving the failure. The known stock stays unchanged.
 */
async function failOrRetry(
  ctx: TaskContext,
  commit: Commit,
  about: { competitor: string; run: string | null },
  error: unknown,
): Promise<Error> {
  const later = findRetryAfterError(error)
  if (later && !ctx.isLastAttempt && later.seconds <= MAX_WAIT_SECONDS)
    return new RetryLater(later.message, { delay: later.seconds, cause: error })
  const failure = later?.failure ?? toScrapeFailure(error)
  if (failure !== error && !later && !ctx.isLastAttempt) return failure
  const { message } = failure
  const type = later && !later.failure ? 'blocked' : failure.type
  await commit((sql) => failRun(sql, { ...about, at: ctx.now() }, { type, message }))
  return new GiveUp(message, { cause: error })
}
