import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readSettings } from '../../../src/env.ts'
import { type Application, createApplication } from '../../../src/server/application.ts'
import { type DrillDatabase, openDrillDatabase } from '../database.ts'
import { drillRoom, TABLES } from './room.ts'
import { getService } from '../../../src/services.ts'
import { waitForOutput } from '../../support/wait-for-output.ts'

const SECRET = 'a secret that only drills know, 32+'

/**
 * What a drill of the jobs stands on: a database under its hand, worker processes, and a Forecourt
 * that only queues.
 */
export type Stage = {
  database: DrillDatabase
  forecourt: Application
  workers: Worker[]
  queue: (task: string, input: object) => Promise<string>
  sql: <Row extends pg.QueryResultRow>(statement: string, values?: unknown[]) => Promise<Row[]>
  startWorker: () => Promise<Worker>
  close: () => Promise<void>
}

export type Worker = { pid: number; process: ChildProcess }

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const settings = readSettings({
    DATABASE_URL: database.url,
    PAYLOAD_SECRET: SECRET,
    LOG_LEVEL: 'fatal',
  })
  const forecourt = await createApplication(settings, database.url, {
    ownerUrl: database.ownerUrl,
    rooms: [drillRoom],
  })
  await withClient(database.ownerUrl, (client) => client.query(TABLES))
  const workers: Worker[] = []
  const close = async () => {
    await Promise.all(workers.map(stopWorker))
    await forecourt.close()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    database,
    forecourt,
    workers,
    queue: (task, input) =>
      getService(forecourt.payload, 'jobs').enqueue({ payload: forecourt.payload }, task, input),
    sql: (statement, values) =>
      withClient(
        database.url,
        async (client) => (await client.query(statement, values)).rows as never,
      ),
    startWorker: async () => {
      const worker = await startWorker(folder, database)
      workers.push(worker)
      return worker
    },
    close,
  }
}

async function withClient<Value>(
  url: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function startWorker(folder: string, database: DrillDatabase): Promise<Worker> {
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    TZ: 'UTC',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: path.join(folder, 'data'),
    PAYLOAD_SECRET: SECRET,
    METRICS_PORT: '0',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, ['test/drills/jobs/worker.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(path.join(folder, 'workers.log'), { flags: 'a' })
  child.stderr.pipe(log, { end: false })
  child.stdout.pipe(log, { end: false })
  await waitForOutput(child.stdout, 'Working as')
  if (!child.pid || child.exitCode !== null)
    throw new Error('A worker did not start; see workers.log of the drill.')
  return { pid: child.pid, process: child }
}

async function stopWorker({ process: child }: Worker): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGCONT')
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/**
 * Until `holds`, looked at again and again; the milliseconds it took, or null when it did not come
 * to pass in time.
 */
export async function waitUntil(
  condition: () => Promise<boolean>,
  timeoutMs: number,
): Promise<number | null> {
  const began = Date.now()
  while (Date.now() - began < timeoutMs) {
    if (await condition().catch(() => false)) return Date.now() - began
    await sleep(100)
  }
  return null
}
