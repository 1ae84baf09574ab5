import type { Engine, EndedRun } from '../../jobs/engine/engine.ts'
import type { Competitor } from '../../src/generated/payload-types.ts'
import type { TestForecourt } from './forecourt.ts'
import { loadRuns, startEngine, runJob } from './work.ts'

/** Saves a competitor; the test says only what it is about. */
export async function saveCompetitor(
  { payload }: TestForecourt,
  about: Partial<Competitor>,
): Promise<Competitor> {
  const data = {
    name: 'Riverside Motors',
    inventoryUrl: 'https://riverside.example/used',
    active: true,
    ...about,
  }
  return payload.create({ collection: 'competitors', data, depth: 0, overrideAccess: true })
}

/** What a run of a competitor came to: its result, or the words of its failure. */
export type ScrapeOutcome = {
  ended: EndedRun
  result: Record<string, unknown> | null
  error: string | null
}

/** Works on jobs with a clock of its own, which a test moves. */
export type Scraper = {
  engine: Engine
  clock: { now: Date }
  runScrape: (competitor: string) => Promise<ScrapeOutcome>
  stop: () => Promise<void>
}

export async function aScraper(forecourt: TestForecourt, start = buildDay(1)): Promise<Scraper> {
  const clock = { now: start }
  const engine = await startEngine(forecourt, { now: () => clock.now })
  const read = async (competitor: string) => {
    const ended = await runJob(engine, forecourt, 'scrape-competitor', { competitor })
    const [last] = (await loadRuns(forecourt, ended.run.jobId)).slice(-1)
    return { ended, result: last?.result ?? null, error: last?.error ?? null }
  }
  return { engine, clock, runScrape: read, stop: () => engine.stop(0) }
}

/** Ten in the morning of a simulated day. */
export const buildDay = (day: number) => new Date(Date.UTC(2026, 2, day, 10))
