import { z } from 'zod'
import { defineTask } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { enqueue } from '../../../src/enqueue.ts'
import type { ScrapingSettings } from '../options.ts'
import { watchedCompetitors } from '../store.ts'

/** Queues the reading of every competitor that is watched. It may run twice: who is being read already is not queued again. */
export const scrapeCompetitors = ({ sweep }: Pick<ScrapingSettings, 'sweep'>) =>
  defineTask({
    name: 'scrape-competitors',
    queue: 'scraping',
    does: 'Queues the reading of every competitor that is watched.',
    ...sweep,
    input: z.object({}),
    expiry: 300,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    mayRun: permissions.canManageLot,
    run: (ctx) =>
      ctx.commit(async (tx) => {
        const competitors = await watchedCompetitors(tx)
        for (const competitor of competitors) await enqueue(tx, 'scrape-competitor', { competitor })
        return { queued: competitors.length }
      }),
  })
