import { z } from 'zod'
import { defineTask } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { enqueueJob } from '../../../src/enqueue.ts'
import type { ScrapingSettings } from '../options.ts'
import { listWatchedCompetitors } from '../store/competitors.ts'

/**
 * The priority of sites that did not respond the last time, after the others, so that they do not
 * delay them.
 */
const AFTER_OTHERS = -1

/**
 * Queues a run for every watched competitor. Idempotent: a competitor with a job that waits or runs
 * is not queued again.
 */
export const scrapeCompetitors = ({ sweep }: Pick<ScrapingSettings, 'sweep'>) =>
  defineTask({
    name: 'scrape-competitors',
    queue: 'scraping',
    description: 'Queues a run for every watched competitor.',
    ...sweep,
    input: z.object({}),
    expiry: 300,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: (ctx) =>
      ctx.commit(async (tx) => {
        const competitors = await listWatchedCompetitors(tx)
        for (const { id: competitor, isAnswering } of competitors)
          await enqueueJob(
            tx,
            'scrape-competitor',
            { competitor },
            { priority: isAnswering ? 0 : AFTER_OTHERS },
          )
        return { queued: competitors.length }
      }),
  })
