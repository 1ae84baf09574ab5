import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import type { DrillDatabase } from './database.ts'
import { waitForOutput } from '../support/wait-for-output.ts'

/** A worker of these queues, as `npm run worker` starts it. */
export async function startWorker(
  folder: string,
  database: DrillDatabase,
  queues: readonly string[],
  environment: Record<string, string>,
): Promise<ChildProcess> {
  const env = {
    ...process.env,
    ...environment,
    NODE_ENV: 'production' as const,
    TZ: 'UTC',
    METRICS_PORT: '0',
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_OWNER_URL: database.ownerUrl,
  }
  const args = ['src/server/.build/worker.js', ...queues]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = createWriteStream(path.join(folder, 'workers.log'), { flags: 'a' })
  child.stderr.pipe(log, { end: false })
  child.stdout.pipe(log, { end: false })
  await waitForOutput(child.stdout, 'Working as')
  if (child.exitCode !== null) throw new Error('A worker did not start.')
  return child
}

/** Ends a worker as a person does. */
export async function stopWorker(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
