import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { type FeedReader, readRepeatedly } from './feed-reader.ts'
import { fillLot, raisePrices } from './feed-lot.ts'
import { openReceivers, type Receiver } from './feed-receivers.ts'
import { type Product, signIn, startProduct } from './product.ts'
import { runAsOwner } from './as-owner.ts'
import { startWorker, stopWorker } from './product-worker.ts'

type Print = (line: string) => void

/** What happens in the middle of a delivery, and the reason that is recorded. */
const FAULTS = {
  'the server is killed': /closed the connection or stopped responding/,
  'the worker is killed': /^The process that made the delivery stopped in the middle\.$/,
  'the password is wrong': /refused to sign in as/,
  'the disk is full': /disk is (probably )?full/,
} as const
type Fault = keyof typeof FAULTS

const ROUNDS = 12
const WAIT_MS = 90_000
/** What is left of a full disk; a file of the feed is larger. */
const LEFT_BYTES = 1_000_000

type Stage = {
  folder: string
  database: DrillDatabase
  environment: Record<string, string>
  product: Product
  token: string
  worker: ChildProcess
}

/** A delivery, as recorded. */
type Delivery = {
  state: string
  error: string | null
  sha256: string | null
}

/**
 * Deliveries by FTP and SFTP meet a fault in the middle, twelve times: the server or the worker is
 * killed, the password is wrong, the disk of the server is full. A reader of the remote file only
 * ever sees whole ones, every run is recorded with a plain reason, and the next run delivers and
 * leaves nothing else behind.
 */
export async function feedsDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const receivers = await openReceivers(folder)
  const database = await openDrillDatabase(folder)
  const environment = {
    DATABASE_URL: database.url,
    PAYLOAD_SECRET: 'a secret that only drills know, 32+',
    FEED_ALLOWED_SERVERS: receivers.map(({ port }) => `127.0.0.1:${port}`).join(','),
    LOG_LEVEL: 'error',
  }
  const product = await startProduct(folder, {
    ...environment,
    DATABASE_OWNER_URL: database.ownerUrl,
    JOBS_IN_SERVER: 'false',
  })
  const worker = await startFeedWorker(folder, database, environment)
  const token = await signIn(product.origin)
  const stage: Stage = { folder, database, environment, product, token, worker }
  try {
    await fillLot(database, receivers)
    return await playAll(stage, receivers, print)
  } finally {
    await stopWorker(stage.worker)
    await product.stop()
    await database.stop()
    for (const receiver of receivers) await receiver.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const startFeedWorker = (
  folder: string,
  database: DrillDatabase,
  environment: Record<string, string>,
) => startWorker(folder, database, ['exports'], environment)

async function playAll(
  stage: Stage,
  receivers: readonly Receiver[],
  print: Print,
): Promise<boolean> {
  for (const receiver of receivers) {
    await saveCredentials(stage, receiver.feed, receiver.credentials)
    await deliver(stage, receiver.feed)
  }
  const readers = receivers.map(({ file }) => readRepeatedly(file))
  let held = true
  for (let round = 0; round < ROUNDS; round++) {
    const fault = pick(Object.keys(FAULTS) as Fault[], Math.floor(round / receivers.length))
    const outcome = await playRound(stage, pick(receivers, round), fault)
    print(`round ${round + 1}: ${outcome.text}`)
    held &&= outcome.held
  }
  const [isRead, isRecorded] = [
    await checkReaders(stage, readers, print),
    await checkRecords(stage, print),
  ]
  return held && isRead && isRecorded
}

const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length]
  if (value === undefined) throw new Error('There is nothing to pick from.')
  return value
}

/** One delivery with a fault, and the next one without. */
async function playRound(
  stage: Stage,
  receiver: Receiver,
  fault: Fault,
): Promise<{ text: string; held: boolean }> {
  const { feed } = receiver
  await raisePrices(stage.database)
  const before = await countDeliveries(stage, feed)
  await meetFault(stage, receiver, fault, before)
  const began = Date.now()
  const last = await deliver(stage, feed)
  const failed = (await loadDeliveries(stage, feed, before)).filter(
    ({ state }) => state !== 'delivered',
  )
  const reason = failed[0]?.error ?? ''
  const names = await readdir(receiver.folder)
  const isAlone = names.length === 1
  const isPlain = failed.length > 0 && failed.every(({ error }) => FAULTS[fault].test(error ?? ''))
  const millis = Date.now() - began
  return {
    text:
      `${receiver.name}, ${fault}: “${reason}” ${failed.length} failed, the next one was ` +
      `${last.state} after ${(millis / 1000).toFixed(1)} s; files there: ${names.join(', ')}`,
    held: isPlain && isAlone && last.state === 'delivered',
  }
}

/** Makes a delivery fail, and repairs what caused it. */
async function meetFault(
  stage: Stage,
  receiver: Receiver,
  fault: Fault,
  before: number,
): Promise<void> {
  const { feed, folder, credentials, wrongCredentials } = receiver
  const filler = path.join(folder, 'filler')
  if (fault === 'the password is wrong') await saveCredentials(stage, feed, wrongCredentials)
  if (fault === 'the disk is full')
    await writeFile(filler, Buffer.alloc(findFreeBytes(folder) - LEFT_BYTES))
  await queueDelivery(stage, feed)
  if (fault === 'the server is killed' || fault === 'the worker is killed')
    await waitForTransfer(folder)
  if (fault === 'the server is killed') await receiver.stop()
  if (fault === 'the worker is killed') return replaceWorker(stage)
  await waitUntil(
    async () => (await loadDeliveries(stage, feed, before)).some(({ state }) => state === 'failed'),
    `${feed} did not fail`,
  )
  await rm(filler, { force: true })
  if (fault === 'the server is killed') await receiver.restart()
  if (fault === 'the password is wrong') await saveCredentials(stage, feed, credentials)
}

async function replaceWorker(stage: Stage): Promise<void> {
  const ended = once(stage.worker, 'exit')
  stage.worker.kill('SIGKILL')
  await ended
  stage.worker = await startFeedWorker(stage.folder, stage.database, stage.environment)
}

const findFreeBytes = (folder: string): number =>
  Number(execFileSync('df', ['--output=avail', '-B1', folder], { encoding: 'utf8' }).split('\n')[1])

/** Until a part of a file is there. */
const waitForTransfer = (folder: string) =>
  waitUntil(
    async () => (await readdir(folder)).some((name) => name.endsWith('.part')),
    `nothing arrived in ${folder}`,
    5,
  )

/** Delivers a feed, and waits for it. Returns the delivery. */
async function deliver(stage: Stage, feed: FeedName): Promise<Delivery> {
  const before = await countDeliveries(stage, feed)
  await queueDelivery(stage, feed)
  const find = async () => {
    const found = await loadDeliveries(stage, feed, before - 1)
    return found.at(-1)
  }
  await waitUntil(async () => {
    const count = await countDeliveries(stage, feed)
    return count > before && (await find())?.state === 'delivered'
  }, `${feed} was not delivered`)
  return (await find()) ?? { state: 'missing', error: null, sha256: null }
}

const queueDelivery = (stage: Stage, feed: FeedName) =>
  send(stage, 'POST', `/api/exports/${feed}/deliver`)

const saveCredentials = (stage: Stage, feed: FeedName, credentials: object) =>
  send(stage, 'PUT', `/api/exports/${feed}/credentials`, credentials)

async function send(
  { product, token }: Stage,
  method: string,
  address: string,
  body?: object,
): Promise<void> {
  const answer = await fetch(`${product.origin}${address}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${address} got ${answer.status}: ${text}`)
}

/** The deliveries of a feed after the first ones, the oldest first. */
const loadDeliveries = ({ database }: Stage, feed: FeedName, after: number): Promise<Delivery[]> =>
  runAsOwner(database, async (client) => {
    const { rows } = await client.query<Delivery>(
      `select state, error, sha256 from feed_deliveries where feed = $1
        order by created_at, id offset $2`,
      [feed, Math.max(0, after)],
    )
    return rows
  })

const countDeliveries = async (stage: Stage, feed: FeedName) =>
  (await loadDeliveries(stage, feed, 0)).length

async function waitUntil(
  isDone: () => Promise<boolean>,
  problem: string,
  pauseMs = 100,
): Promise<void> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(pauseMs))
    if (await isDone()) return
  throw new Error(`Within ${WAIT_MS / 1000} s ${problem}.`)
}

/** Whether the readers saw only whole files, and one each time. */
async function checkReaders(
  { database }: Stage,
  readers: readonly FeedReader[],
  print: Print,
): Promise<boolean> {
  const whole = await runAsOwner(database, async (client) => {
    const { rows } = await client.query<Delivery>('select sha256 from feed_deliveries')
    return new Set(rows.map(({ sha256 }) => sha256))
  })
  const seen = await Promise.all(readers.map((reader) => reader.stop()))
  const reads = seen.reduce((sum, one) => sum + one.reads, 0)
  const missing = seen.reduce((sum, one) => sum + one.missing, 0)
  const files = new Set(seen.flatMap(({ hashes }) => [...hashes]))
  const parts = [...files].filter((hash) => !whole.has(hash)).length
  print(
    `readers read ${reads} times and saw ${files.size} files, ${parts} of them not whole; ` +
      `${missing} times there was none`,
  )
  return parts === 0 && missing === 0
}

type Counts = {
  runs: number
  deliveries: number
  logs: number
  open: number
  silent: number
}

/** Whether every run has a delivery with an outcome, and an entry in the log of exports. */
async function checkRecords({ database }: Stage, print: Print): Promise<boolean> {
  const counts = await runAsOwner(database, async (client) => {
    const { rows } = await client.query<Counts>(COUNTS)
    return rows[0]
  })
  if (!counts) return false
  const { runs, deliveries, logs, open, silent } = counts
  print(
    `${runs} runs, ${deliveries} deliveries, ${logs} log entries; ${open} deliveries without an ` +
      `outcome, ${silent} failures without a reason`,
  )
  return runs === deliveries && runs === logs && open === 0 && silent === 0
}

const COUNTS = `
  select (select count(*)::int from job_history where job_name = 'export-feed') as runs,
    (select count(*)::int from feed_deliveries) as deliveries,
    (select count(*)::int from export_logs) as logs,
    (select count(*)::int from feed_deliveries where state not in ('delivered', 'failed')) as open,
    (select count(*)::int from export_logs
      where status = 'failure' and coalesce(error_message, '') = '') as silent`
