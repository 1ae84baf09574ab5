import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readSettings } from '../../src/env.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { stopWorker } from './product-worker.ts'
import { buildEnvironment, GAP_MS, startWorker } from './scrape-worker.ts'
import { getService } from '../../src/services.ts'

type Print = (line: string) => void

const SITES = 6
const PAGES = 20
const PER_PAGE = 5
/**
 * Those that begin the six runs, three each, and those that wait to go on where they are killed;
 * two are left in the end.
 */
const [WORKERS, SPARE] = [2, 4]
/**
 * After how many more pages of all runs a worker is killed: each kill breaks off several runs at
 * points of their own.
 */
const KILL_AFTER = [0, 6, 12, 12]
const AGAIN_WITHIN_MS = 70_000
const TIMEOUT_MS = 400_000

type Stage = {
  folder: string
  database: DrillDatabase
  forecourt: Application
  sites: DealerSite[]
  workers: ChildProcess[]
}

/**
 * R16, R18: workers are killed in the middle of scraping six sites, at ten points and more. Others
 * finish every run; no page is fetched more than twice, no site is asked twice at a time, nor
 * sooner than a second after the answer before, as the sites saw it.
 */
export async function scrapeDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const sites = await Promise.all(
    Array.from({ length: SITES }, (_, seed) =>
      openDealerSite('dealer-center', simulateWorld({ seed, cars: PAGES * PER_PAGE }), {
        perPage: PER_PAGE,
        millis: 150,
      }),
    ),
  )
  const database = await openDrillDatabase(folder)
  const settings = readSettings(buildEnvironment(database.url, sites))
  const forecourt = await createApplication(settings, database.url, { ownerUrl: database.ownerUrl })
  const stage: Stage = { folder, database, forecourt, sites, workers: [] }
  try {
    return await killWorkers(stage, print)
  } finally {
    await Promise.all(stage.workers.map(stopWorker))
    await forecourt.close()
    await database.stop()
    await Promise.all(sites.map((site) => site.close()))
    await rm(folder, { recursive: true, force: true })
  }
}

async function killWorkers(stage: Stage, print: Print): Promise<boolean> {
  const { folder, database, sites } = stage
  const started = Array.from({ length: WORKERS + SPARE }, () =>
    startWorker(folder, database, sites),
  )
  stage.workers.push(...(await Promise.all(started)))
  for (const spare of stage.workers.slice(WORKERS)) spare.kill('SIGSTOP')
  await queueAll(stage)
  await waitForPages(stage, SITES * 2)
  for (const spare of stage.workers.slice(WORKERS)) spare.kill('SIGCONT')
  const points: string[] = []
  const resuming: Promise<number>[] = []
  for (const more of KILL_AFTER) {
    await waitForPages(stage, (await countPages(stage)) + more)
    const { victim, broken } = await findBusiestWorker(stage)
    victim.kill('SIGKILL')
    points.push(...broken.map(({ done }) => String(done)))
    resuming.push(waitUntilResumed(stage, broken, Date.now()))
  }
  const resumed = await Promise.all(resuming)
  print(
    `kill -9 ${KILL_AFTER.length} times, at ${points.length} points of runs: after ` +
      `${points.join(', ')} of ${PAGES} pages`,
  )
  print(
    `others went on with them after ${resumed.map((ms) => (ms / 1000).toFixed(1)).join(', ')} ` +
      `s (at most ${AGAIN_WITHIN_MS / 1000})`,
  )
  const finished = await waitUntilFinished(stage)
  return (
    checkRequests(stage, print) &&
    finished &&
    points.length >= 10 &&
    resumed.every((ms) => ms <= AGAIN_WITHIN_MS) &&
    (await checkStock(stage, print))
  )
}

type BrokenRun = { competitor: string; done: number; worker: string }

/** The worker that has most runs in hand, and how many pages of each are read. */
async function findBusiestWorker(
  stage: Stage,
): Promise<{ victim: ChildProcess; broken: BrokenRun[] }> {
  const runs = await queryDatabase<BrokenRun>(
    stage,
    `select worker, input ->> 'competitor' as competitor, (select count(*)::int from scrape_requests
      join scrape_runs run on run.id = run_id
       where run.competitor_id::text = input ->> 'competitor'
         and scrape_requests.state = 'done') as done
     from job_history where completed_at is null and job_name = 'scrape-competitor'`,
  )
  const held = stage.workers
    .filter(({ signalCode }) => signalCode === null)
    .map((victim) => ({
      victim,
      broken: runs.filter(({ worker }) => worker.split(':').at(-2) === String(victim.pid)),
    }))
  const [first] = held.toSorted((one, other) => other.broken.length - one.broken.length)
  if (!first) throw new Error('There is no worker to kill.')
  return first
}

async function queueAll({ forecourt: { payload }, sites }: Stage): Promise<void> {
  for (const { origin, inventoryUrl } of sites) {
    const data = { name: origin, inventoryUrl, active: true }
    const { id } = await payload.create({
      collection: 'competitors',
      data,
      depth: 0,
      overrideAccess: true,
    })
    await getService(payload, 'jobs').enqueue({ payload }, 'scrape-competitor', { competitor: id })
  }
}

async function countPages(stage: Stage): Promise<number> {
  const [row] = await queryDatabase<{ done: number }>(
    stage,
    `select count(*)::int as done from scrape_requests where state = 'done'`,
  )
  return row?.done ?? 0
}

async function waitForPages(stage: Stage, pages: number): Promise<void> {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await sleep(50))
    if ((await countPages(stage)) >= pages) return
  throw new Error(`${pages} pages were not read in time.`)
}

/** Milliseconds until each of the broken runs is in the hands of another worker. */
async function waitUntilResumed(
  stage: Stage,
  broken: readonly BrokenRun[],
  since: number,
): Promise<number> {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await sleep(250)) {
    const again = await queryDatabase(
      stage,
      `select distinct input ->> 'competitor' from job_history where job_name = 'scrape-competitor'
        and started_at > to_timestamp($1)
         and input ->> 'competitor' = any($2)`,
      [since / 1000, broken.map(({ competitor }) => competitor)],
    )
    if (again.length === broken.length) return Date.now() - since
  }
  return Number.POSITIVE_INFINITY
}

async function waitUntilFinished(stage: Stage): Promise<boolean> {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await sleep(500)) {
    const rows = await queryDatabase<{ state: string }>(stage, 'select state from scrape_runs')
    if (rows.length === SITES && rows.every(({ state }) => state !== 'fetching'))
      return rows.every(({ state }) => state === 'applied')
  }
  return false
}

function checkRequests({ sites }: Stage, print: Print): boolean {
  const times = sites.flatMap(({ requests }) => {
    const counts = new Map<string, number>()
    for (const { path: page } of requests) counts.set(page, (counts.get(page) ?? 0) + 1)
    return [...counts.values()]
  })
  const gaps = sites.flatMap(({ requests }) =>
    requests
      .slice(1)
      .map(({ at }, index) => at - (requests[index]?.endedAt ?? Number.POSITIVE_INFINITY)),
  )
  const inFlight = Math.max(...sites.map((site) => site.maxInFlight()))
  const twice = times.filter((count) => count === 2).length
  print(
    `${times.length} pages: ${twice} fetched twice, ` +
      `${times.filter((count) => count > 2).length} more often; ${inFlight} in flight a site at ` +
      'most',
  )
  print(
    `gaps as the sites saw them: ${Math.round(Math.min(...gaps))} ms at least (at least ${GAP_MS})`,
  )
  return Math.max(...times) <= 2 && inFlight === 1 && Math.min(...gaps) >= GAP_MS
}

async function checkStock(stage: Stage, print: Print): Promise<boolean> {
  const rows = await queryDatabase<{ cars: number; sold: number }>(
    stage,
    'select count(*)::int as cars, count(*) filter (where is_sold)::int as sold from ' +
      'competitor_inventory',
  )
  const shown = stage.sites.reduce((sum, site) => sum + site.expectedListings().length, 0)
  print(
    `${rows[0]?.cars} cars are known of ${shown} that the sites show, ${rows[0]?.sold} taken ` +
      'for sold',
  )
  return rows[0]?.cars === shown && rows[0].sold === 0
}

async function queryDatabase<Row extends object>(
  { database }: Stage,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(statement, values)).rows as Row[]
  } finally {
    await client.end()
  }
}
