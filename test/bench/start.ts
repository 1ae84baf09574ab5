import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { programEnvironment } from '../../src/bootstrap/tasks.mjs'
import { startEmbedded } from '../../src/database/embedded.ts'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { createApplication } from '../../src/server/application.ts'
import { withClient } from '../support/databases.ts'
import { testSettings } from '../support/settings.ts'
import { SMALL } from './databases.ts'
import { computeMedian } from './measure.ts'
import { seedCars } from './seed.ts'

/** How this bench is named on the command line. */
export const START = 'start'

const ROUNDS = 5
/** The targets of the product, and how much longer and larger than the bare server it may be. */
const MAX_SECONDS = 3.5
const MAX_MB = 280
const MAX_RATIO = 2
/** How long a server settles before its memory is measured: its jobs begin after it listens. */
const SETTLE_MS = 3_000

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; min: number }
/** One start: the seconds until the first answer, and the memory of the process once it settled. */
type Start = { seconds: number; megabytes: number }
type Program = { args: readonly string[]; env: Record<string, string | undefined> }

/**
 * How long `npm start` takes from its process to its first answer, on an embedded database with
 * cars, and how much memory it has before anybody asks for the panel. Beside it the least that
 * serves a table with Payload on Express, whose PostgreSQL runs already.
 */
export async function benchStart(print: Print): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-bench-start-'))
  const bareDatabase = await startEmbedded({ dataDir: path.join(folder, 'bare'), print: () => {} })
  try {
    const dataDir = path.join(folder, 'data')
    await fillDatabase(dataDir)
    await withClient(bareDatabase.ownerUrl, (client) => client.query(BARE_TABLE))
    const servers = {
      product: (port: number) => buildProduct(folder, dataDir, port),
      bare: (port: number) => buildBare(bareDatabase.ownerUrl, port),
    }
    await measureStart(servers.product) // creates the first admin
    const starts: Record<keyof typeof servers, Start[]> = { product: [], bare: [] }
    for (let round = 1; round <= ROUNDS; round++)
      for (const name of ['product', 'bare'] as const) {
        const start = await measureStart(servers[name])
        starts[name].push(start)
        print(`round ${round}  ${name.padEnd(8)} ${formatStart(start)}`)
      }
    return compareStarts(computeMedians(starts.product), computeMedians(starts.bare), print)
  } finally {
    await bareDatabase.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const BARE_TABLE = `create table inventory (id uuid primary key default gen_random_uuid(),
  title varchar, price numeric, updated_at timestamptz not null default now(),
  created_at timestamptz not null default now())`

const formatStart = ({ seconds, megabytes }: Start) =>
  `${seconds.toFixed(2)} s, ${Math.round(megabytes)} MB`

function compareStarts(product: Start, bare: Start, print: Print): Figure[] {
  print(`median   product  ${formatStart(product)}`)
  print(`median   bare     ${formatStart(bare)}`)
  const figure = (name: string, value: number, min: number) => ({
    name,
    of: 'product',
    to: 'bare',
    figure: value,
    min,
  })
  return [
    figure(`start: ${MAX_SECONDS} s / it`, MAX_SECONDS / product.seconds, 1),
    figure(`start: ${MAX_MB} MB / it`, MAX_MB / product.megabytes, 1),
    figure('start: seconds of bare / it', bare.seconds / product.seconds, 1 / MAX_RATIO),
    figure('start: memory of bare / it', bare.megabytes / product.megabytes, 1 / MAX_RATIO),
  ]
}

const computeMedians = (starts: readonly Start[]): Start => ({
  seconds: computeMedian(starts.map(({ seconds }) => seconds)),
  megabytes: computeMedian(starts.map(({ megabytes }) => megabytes)),
})

/** Creates the embedded database of a folder, with all tables and cars. */
async function fillDatabase(dataDir: string): Promise<void> {
  const { url, ownerUrl, stop } = await startEmbedded({ dataDir, print: () => {} })
  try {
    const settings = testSettings({ DATABASE_URL: url })
    await (await createApplication(settings, url, { ownerUrl })).close()
    await seedCars(ownerUrl, 1, SMALL)
  } finally {
    await stop()
  }
}

/** The process of `npm start`. */
const buildProduct = (folder: string, dataDir: string, port: number): Program => ({
  args: ['--enable-source-maps', 'src/server/.build/main.js'],
  env: {
    ...programEnvironment({ env: {} }),
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    MEDIA_DIR: path.join(folder, 'media'),
    PORT: String(port),
    METRICS_PORT: '0',
  },
})

const buildBare = (url: string, port: number): Program => ({
  args: ['test/bench/bare-payload.ts', url, String(port)],
  env: {
    ...process.env,
    NODE_ENV: 'production',
    PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true',
  },
})

async function measureStart(build: (port: number) => Program): Promise<Start> {
  const port = await findFreePort()
  const { args, env } = build(port)
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    await waitForAnswer(child, `http://127.0.0.1:${port}/api/inventory`)
    const seconds = (performance.now() - began) / 1000
    const first = await readMegabytes(child)
    await sleep(SETTLE_MS)
    return { seconds, megabytes: Math.max(first, await readMegabytes(child)) }
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    if (child.exitCode === null) await ended
  }
}

async function waitForAnswer(child: ChildProcess, url: string): Promise<void> {
  for (; child.exitCode === null; await sleep(10)) {
    const response = await fetch(url).catch(() => null)
    await response?.arrayBuffer()
    if (response?.status === 200) return
  }
  throw new Error(`The server ended with ${child.exitCode} before it answered.`)
}

/** The resident memory of a process. */
async function readMegabytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}
