import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { readSettings } from '../../src/env.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import { getService } from '../../src/services.ts'
import {
  type AutoDevPeer,
  buildPeerListing,
  PEER_KEY,
  startAutoDevPeer,
} from '../support/auto-dev-peer.ts'
import { anyVin } from '../support/builders.ts'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { waitUntil } from './jobs/stage.ts'
import { startWorker, stopWorker } from './product-worker.ts'

type Print = (line: string) => void

const CARS = 500
const WORKERS = 2
/** The source takes 40 requests in any second. */
const RATE = { most: 40, windowMs: 1_000 }
const GAP_MS = RATE.windowMs / RATE.most
/** A run waits up to 15 s for its slot and 20 s for a response; the rest is for a busy machine. */
const MAX_RUN_MS = 45_000
const TIMEOUT_MS = 600_000
const QUEUES = ['market', 'scraping', 'maintenance']
/** Tasks that need no source, for the same workers. */
const OTHER_TASKS = ['clean-up-market', 'prune-vin-cache']

type Stage = {
  folder: string
  database: DrillDatabase
  forecourt: Application
  peer: AutoDevPeer
  site: Server
  workers: ChildProcess[]
}

/**
 * Two workers analyze 500 cars against a source that takes 40 requests a second, while a site that
 * never answers is scraped beside it: none is refused for its rate, and the gaps at the source are
 * never too short. Then the source itself takes requests and never answers: other tasks go on, no
 * analysis waits longer than one request, and all are done once the source answers again.
 */
export async function marketDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const peer = await startAutoDevPeer()
  peer.rateLimit = RATE
  for (let car = 0; car < 12; car++)
    peer.listings.push(buildPeerListing(anyVin(), 20_000 + 500 * car))
  const site = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(site, 'listening')
  const database = await openDrillDatabase(folder)
  const environment = buildEnvironment(database.url, peer, site)
  const options = { ownerUrl: database.ownerUrl }
  const forecourt = await createApplication(readSettings(environment), database.url, options)
  const stage: Stage = { folder, database, forecourt, peer, site, workers: [] }
  try {
    await saveRows(stage)
    const starting = Array.from({ length: WORKERS }, () =>
      startWorker(folder, database, QUEUES, environment),
    )
    stage.workers.push(...(await Promise.all(starting)))
    const paced = await analyzeAll(stage, print)
    return (await hangSource(stage, print)) && paced
  } finally {
    await Promise.all(stage.workers.map(stopWorker))
    await forecourt.close()
    await database.stop()
    site.closeAllConnections()
    site.close()
    await peer.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const getOrigin = (site: Server) => `http://127.0.0.1:${(site.address() as AddressInfo).port}`

const buildEnvironment = (url: string, peer: AutoDevPeer, site: Server) => ({
  DATABASE_URL: url,
  PAYLOAD_SECRET: 'a secret that only drills know, 32+',
  AUTODEV_URL: peer.url,
  AUTODEV_API_KEY: PEER_KEY,
  AUTODEV_GAP_MS: String(GAP_MS),
  SCRAPING_ALLOWED_ORIGINS: getOrigin(site),
  LOG_LEVEL: 'error',
})

/** Saves the cars of the lot and the competitor whose site never answers. */
async function saveRows({ database, forecourt, site }: Stage): Promise<void> {
  await queryRows(
    database,
    `insert into inventory
      (vin, stock_number, title, year, make, model, mileage, price, status, listed_at)
    select 'DR1LL' || lpad(n::text, 12, '0'), 'D' || n, '2021 Honda Accord', 2021, 'Honda',
      'Accord', 30000, 24000, 'available', now()
    from generate_series(1, ${CARS}) as n`,
  )
  await forecourt.payload.create({
    collection: 'competitors',
    data: { name: 'Silent Motors', inventoryUrl: getOrigin(site), active: true },
    overrideAccess: true,
  })
}

async function queryRows<Row extends pg.QueryResultRow>(
  { url }: DrillDatabase,
  statement: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

const queueJob = ({ forecourt: { payload } }: Stage, task: string, input: object, now = false) =>
  getService(payload, 'jobs').enqueue({ payload }, task, input, { now })

async function countRows({ database }: Stage, from: string): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    database,
    `select count(*)::int as count from ${from}`,
  )
  return row?.count ?? 0
}

/** The shortest time between two requests as the source saw them, in milliseconds. */
const findShortestGap = ({ requests }: AutoDevPeer): number =>
  Math.min(...requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? at)))

async function analyzeAll(stage: Stage, print: Print): Promise<boolean> {
  const { database, peer } = stage
  const [competitor] = await queryRows<{ id: string }>(database, 'select id from competitors')
  await queueJob(stage, 'scrape-competitor', { competitor: competitor?.id })
  await queueJob(stage, 'sweep-market', {})
  const analyzed = async () => (await countRows(stage, 'market_research_results')) === CARS
  const took = await waitUntil(analyzed, TIMEOUT_MS)
  const refused = peer.requests.filter(({ status }) => status !== 200)
  const failures = await queryRows<{ error: string }>(
    database,
    "select error from job_history where job_name = 'analyse-vehicle' and status = 'failure'",
  )
  const gap = findShortestGap(peer)
  for (const { error } of failures.slice(0, 3)) print(`a failed run: ${error}`)
  print(
    `${CARS} cars, ${WORKERS} workers: ${took === null ? 'not done' : `done in ${took} ms`} with ` +
      `${peer.requests.length} requests, ${refused.length} of them refused; ` +
      `${failures.length} runs failed`,
  )
  print(`the shortest gap at the source: ${gap.toFixed(2)} ms (at least ${GAP_MS} ms)`)
  return took !== null && refused.length === 0 && failures.length === 0 && gap >= GAP_MS
}

async function hangSource(stage: Stage, print: Print): Promise<boolean> {
  const { database, peer } = stage
  await queryRows(database, 'delete from market_research_results')
  await queryRows(database, 'delete from job_history where status is not null')
  const cars = await queryRows<{ id: string }>(database, 'select id from inventory limit 40')
  const before = peer.requests.length
  peer.always('silent')
  for (const { id } of cars) await queueJob(stage, 'analyse-vehicle', { car: id })
  const hangs = async () => peer.requests.length > before
  const hasHung = await waitUntil(hangs, TIMEOUT_MS)
  for (const task of OTHER_TASKS) await queueJob(stage, task, {})
  const done = `job_history where job_name in ('${OTHER_TASKS.join("', '")}') and status = 'success'`
  const others = await waitUntil(
    async () => (await countRows(stage, done)) === OTHER_TASKS.length,
    MAX_RUN_MS,
  )
  const tried = await waitUntil(
    async () =>
      (await countRows(
        stage,
        "(select distinct job_id from job_history where job_name = 'analyse-vehicle' " +
          "and status = 'failure') as failed",
      )) === cars.length,
    TIMEOUT_MS,
  )
  const sent = peer.requests.length - before
  const [longest] = await queryRows<{ ms: number }>(
    database,
    "select max(duration_ms)::int as ms from job_history where job_name = 'analyse-vehicle'",
  )
  print(
    `the source hangs: other tasks were done after ${others} ms; ${cars.length} analyses failed ` +
      `with ${sent} requests, the longest after ${longest?.ms} ms`,
  )
  peer.always(null)
  const answered = await recoverAll(stage, cars)
  print(`the source answers again: ${answered === null ? 'not all' : 'all'} cars were analyzed`)
  return (
    hasHung !== null &&
    others !== null &&
    tried !== null &&
    answered !== null &&
    sent < cars.length / 2 &&
    (longest?.ms ?? Infinity) <= MAX_RUN_MS
  )
}

/** Requests the analyses as a person does, until all are done. */
function recoverAll(stage: Stage, cars: readonly { id: string }[]): Promise<number | null> {
  return waitUntil(async () => {
    const missing = await queryRows<{ id: string }>(
      stage.database,
      `select id from inventory where id in ('${cars.map(({ id }) => id).join("', '")}')
        and id not in (select inventory_id from market_research_results)`,
    )
    for (const { id } of missing) await queueJob(stage, 'analyse-vehicle', { car: id }, true)
    return missing.length === 0
  }, TIMEOUT_MS)
}
