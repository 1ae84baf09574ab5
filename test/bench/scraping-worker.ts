import { once } from 'node:events'
import { type EndedRun, Engine } from '../../jobs/engine/engine.ts'
import { createApplication } from '../../src/server/application.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { testSettings } from '../support/settings.ts'
import type { Measured } from './scraping.ts'
import { getService } from '../../src/services.ts'

/**
 * The worker of the bench of scraping, a process of its own so that nothing else is in its memory:
 * `scraping-worker.ts DATABASE_URL ORIGIN [ORIGIN…]`. Reads the stock at each inventory URL that
 * its parent sends, and answers what it took.
 */
const [url = '', ...origins] = process.argv.slice(2)
const settings = testSettings({
  DATABASE_URL: url,
  SCRAPING_ALLOWED_ORIGINS: origins.join(','),
  SCRAPING_ALLOWED_GAP_MS: '0',
})
const forecourt = await createApplication(settings, url)
const { payload, watch } = forecourt
const engine = new Engine({ payload, watch, concurrency: 1, queues: ['scraping'] })
await engine.start()
process.on(
  'message',
  (inventoryUrl) =>
    void measureRun(String(inventoryUrl)).then((measured) => process.send?.(measured)),
)
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function measureRun(inventoryUrl: string): Promise<Measured> {
  const competitor = await findCompetitor(inventoryUrl)
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10)
  const [cpu, began] = [process.cpuUsage(), performance.now()]
  const result = await runOnce(competitor)
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - began) / 1_000
  clearInterval(sampling)
  return { ...result, seconds, cpuSeconds: (user + system) / 1_000_000, peakBytes: peak - before }
}

async function findCompetitor(inventoryUrl: string): Promise<string> {
  const query = {
    collection: 'competitors',
    where: { inventoryUrl: { equals: inventoryUrl } },
    depth: 0,
  } as const
  const { docs } = await payload.find({ ...query, overrideAccess: true })
  const data = { name: inventoryUrl, inventoryUrl, active: true }
  return (
    docs[0] ??
    (await payload.create({ collection: 'competitors', data, depth: 0, overrideAccess: true }))
  ).id
}

/** Queues a run and waits for its end: with what the worker itself says of it. */
async function runOnce(
  competitor: string,
): Promise<Pick<Measured, 'found' | 'fresh' | 'repriced'>> {
  const job = await getService(payload, 'jobs').enqueue({ payload }, 'scrape-competitor', {
    competitor,
  })
  for (;;) {
    const [ended] = (await once(engine, 'ended')) as [EndedRun]
    if (ended.run.jobId === job) break
  }
  const { rows } = await getPostgresAdapter(payload).pool.query<{
    result: Record<string, number> | null
    error: string | null
  }>('select result, error from job_history where job_id = $1 order by started_at desc limit 1', [
    job,
  ])
  const { found = 0, new: fresh = 0, repriced = 0 } = rows[0]?.result ?? {}
  if (rows[0]?.error) throw new Error(rows[0].error)
  return { found, fresh, repriced }
}
