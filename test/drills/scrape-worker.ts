import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import type { DealerSite } from '../support/dealer-sites/index.ts'
import type { DrillDatabase } from './database.ts'

/** What every origin of the product's own settings gets: a second. */
export const GAP_MS = 1_000

/** The settings of whoever reads these sites. */
export const buildEnvironment = (url: string, sites: readonly Pick<DealerSite, 'origin'>[]) => ({
  DATABASE_URL: url,
  PAYLOAD_SECRET: 'a secret that only drills know, 32+',
  SCRAPING_ALLOWED_ORIGINS: sites.map(({ origin }) => origin).join(','),
  SCRAPING_ALLOWED_GAP_MS: String(GAP_MS),
  LOG_LEVEL: 'error',
})

/** A worker that reads sites, as `npm run worker -- scraping` starts it. */
export async function startWorker(
  folder: string,
  database: DrillDatabase,
  sites: readonly DealerSite[],
): Promise<ChildProcess> {
  const env = {
    ...process.env,
    ...buildEnvironment(database.url, sites),
    NODE_ENV: 'production' as const,
    TZ: 'UTC',
    METRICS_PORT: '0',
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_OWNER_URL: database.ownerUrl,
  }
  const args = ['src/server/.build/worker.js', 'scraping']
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = createWriteStream(path.join(folder, 'workers.log'), { flags: 'a' })
  child.stderr.pipe(log, { end: false })
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }))
    if (String(chunk).includes('Working as')) break
  child.stdout.pipe(log, { end: false })
  if (child.exitCode !== null) throw new Error('A worker did not start.')
  return child
}

/** Ends a worker as a person does. */
export async function stopWorker(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
