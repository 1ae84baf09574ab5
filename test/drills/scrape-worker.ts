import type { ChildProcess } from 'node:child_process'
import type { DealerSite } from '../support/dealer-sites/index.ts'
import type { DrillDatabase } from './database.ts'
import { startWorker as startProductWorker } from './product-worker.ts'

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

/** A worker that reads sites. */
export const startWorker = (
  folder: string,
  database: DrillDatabase,
  sites: readonly DealerSite[],
): Promise<ChildProcess> =>
  startProductWorker(folder, database, ['scraping'], buildEnvironment(database.url, sites))
