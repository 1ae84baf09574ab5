import { z } from 'zod'
import { defineTask, type Task } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { enqueueJob } from '../../../src/enqueue.ts'
import { FEED_NAMES, FEEDS, type FeedName } from '../domain/feed-names.ts'
import type { ExportOptions } from '../options.ts'
import { exportFeed } from '../runs/export-feed.ts'

/** The name of the task, which queued jobs refer to. */
export const EXPORT_FEED = 'export-feed'

/**
 * Makes and delivers one feed. A second run makes and sends the file again, under the same name.
 */
export const createExportTask = (options: ExportOptions): Task =>
  defineTask({
    name: EXPORT_FEED,
    queue: 'exports',
    description: 'Makes the file of one feed and delivers it.',
    input: z.object({ feed: z.enum(FEED_NAMES as [FeedName]) }),
    expiry: 1_800,
    retries: { limit: 5, delay: 60, backoff: true },
    concurrency: 2,
    singletonKey: ({ feed }) => feed,
    canRun: permissions.canManageLot,
    run: (ctx, { feed }) => exportFeed(ctx, feed, options),
  })

/**
 * The daily tasks, one for each feed, so that each has its time: they queue the export. Idempotent:
 * while a feed is being exported, no second job is queued.
 */
export const createDailyTasks = ({ schedules }: ExportOptions): Task[] =>
  FEED_NAMES.map((feed) => {
    const schedule = schedules[feed]
    return defineTask({
      name: `export-${feed}-daily`,
      queue: 'exports',
      description: `Queues the delivery of the feed for ${FEEDS[feed]}, if it is turned on.`,
      ...(schedule && { schedule }),
      input: z.object({}),
      expiry: 60,
      retries: { limit: 3, delay: 30, backoff: true },
      concurrency: 1,
      run: async (ctx) => ({
        job: await ctx.commit((tx) => enqueueJob(tx, EXPORT_FEED, { feed })),
      }),
    })
  })
