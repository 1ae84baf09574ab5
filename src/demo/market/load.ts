import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import type { Task, TaskContext } from '../../../jobs/task.ts'
import { loadCompetitorStock } from '../../../jobs/workflows/competitor-stock.ts'
import { buildMarketOptions, resolveMarketSettings } from '../../../plugins/market/options.ts'
import { analyzeVehicle } from '../../../plugins/market/tasks/analyze-vehicle.ts'
import {
  getScrapingOptions,
  resolveScrapingSettings,
  type ScrapingSettings,
} from '../../../plugins/scraping/options.ts'
import { scrapeCompetitor } from '../../../plugins/scraping/tasks/scrape-competitor.ts'
import type { Settings } from '../../env.ts'
import { runInTransaction } from '../transaction.ts'
import { createDemoCompetitors, removeDemoCompetitors, stopWatching } from './competitors.ts'
import { type DemoSite, openDemoSite } from './site.ts'
import { DAYS } from './stock.ts'
import { isMarketMissing, listDemoCars } from './store.ts'

const DAY_MS = 86_400_000

type LoadOptions = {
  now: Date
  print: (line: string) => void
  signal: AbortSignal
}

/**
 * Gives the demo cars a market, once: two demo competitors and the month up to `now`. The real
 * scraper reads their pages of every day, and the real analysis runs on every second one. A load
 * that was stopped starts over at the next start. Returns whether the market was loaded now.
 */
export async function loadDemoMarket(
  payload: Payload,
  settings: Settings,
  { now, print, signal }: LoadOptions,
): Promise<boolean> {
  if (!(await isMarketMissing(payload))) return false
  print('Adding a month of demo market data in the background.')
  await removeDemoCompetitors(payload)
  const site = await openDemoSite()
  try {
    const isComplete = await loadMonth(payload, settings, site, { now, signal })
    if (isComplete) print('The demo market is complete.')
    return isComplete
  } finally {
    await site.close()
  }
}

/** Reads and analyzes day after day. Returns false if it was stopped before the last one. */
async function loadMonth(
  payload: Payload,
  settings: Settings,
  site: DemoSite,
  { now, signal }: Omit<LoadOptions, 'print'>,
): Promise<boolean> {
  const competitors = await createDemoCompetitors(payload, site.origin)
  const tasks = createTasks(settings, site.origin)
  let isComplete = false
  try {
    for (let day = 0; day < DAYS; day++) {
      site.showDay(day)
      const at = new Date(now.getTime() - (DAYS - 1 - day) * DAY_MS)
      await runDay(createRunContext(payload, at, signal), tasks, { day, competitors })
    }
    isComplete = true
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    await stopWatching(payload, competitors, { isComplete })
  }
  return isComplete
}

/**
 * The settings of the scraper for the demo site: it may reach this exact origin, and no other
 * address off the public internet. The settings that the product scrapes with are not affected.
 */
export const buildDemoScraping = (settings: Settings, origin: string): ScrapingSettings =>
  resolveScrapingSettings({
    ...getScrapingOptions(settings),
    allowedOrigins: [origin],
    allowedGap: 0,
  })

type DemoTasks = { scrape: Task; analyze: Task }

/**
 * Creates the tasks of the product with settings of the demo. The only source of comparable cars is
 * what the scraper read, even if there is a key for auto.dev.
 */
const createTasks = (settings: Settings, origin: string): DemoTasks => ({
  scrape: scrapeCompetitor(buildDemoScraping(settings, origin)),
  analyze: analyzeVehicle(
    resolveMarketSettings({
      ...buildMarketOptions(settings),
      autoDev: undefined,
      competitorStock: loadCompetitorStock,
    }),
  ),
})

/**
 * The context of a run at an earlier time. It needs no lease, because no other worker knows the
 * run.
 */
const createRunContext = (payload: Payload, at: Date, signal: AbortSignal): TaskContext => ({
  payload,
  jobId: randomUUID(),
  attempt: 1,
  isLastAttempt: true,
  signal,
  now: () => at,
  progress: async () => undefined,
  commit: (work) => runInTransaction(payload, work),
})

async function runDay(
  context: TaskContext,
  { scrape, analyze }: DemoTasks,
  { day, competitors }: { day: number; competitors: readonly string[] },
): Promise<void> {
  for (const competitor of competitors) await scrape.run(context, { competitor })
  if (!isAnalysisDay(day)) return
  for (const car of await listDemoCars(context.payload, context.now())) {
    context.signal.throwIfAborted()
    await analyzeDemoCar(context, analyze, car)
  }
}

/** Every second day, the last one among them. */
const isAnalysisDay = (day: number) => (DAYS - 1 - day) % 2 === 0

/** Analyzes a car. One that a person changes or deletes at this moment is skipped. */
async function analyzeDemoCar(context: TaskContext, analyze: Task, car: string): Promise<void> {
  try {
    await analyze.run(context, { car })
  } catch (error) {
    if (!(error instanceof GiveUp || error instanceof RetryLater)) throw error
  }
}
