import { z } from 'zod'
import { defineTask, type Task } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { enqueueJob } from '../../../src/enqueue.ts'
import { feeds } from '../feeds/index.ts'
import type { ExportOptions } from '../options.ts'
import { findOutdatedFeeds } from '../store/outdated-feeds.ts'
import { EXPORT_FEED } from './export-feed.ts'

/** How long this task leaves a feed alone after a failed delivery, in milliseconds. */
const PAUSE_AFTER_FAILURE = 3_600_000

/**
 * Queues the delivery of the feeds that list a car which is no longer for sale, so that sold cars
 * leave within minutes. Idempotent: while a feed is being exported, no second job is queued.
 */
export const createUpdateTask = ({ updateSchedule }: ExportOptions): Task =>
  defineTask({
    name: 'update-feeds',
    queue: 'exports',
    description: 'Delivers the feeds that list a car which is no longer for sale.',
    ...(updateSchedule && { schedule: updateSchedule }),
    input: z.object({}),
    expiry: 60,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: async (ctx) => {
      const pause = new Date(ctx.now().getTime() - PAUSE_AFTER_FAILURE)
      const outdated = await findOutdatedFeeds(
        ctx,
        Object.values(feeds).map(({ name, statuses }) => ({ feed: name, statuses })),
        pause,
      )
      await ctx.commit(async (tx) => {
        for (const feed of outdated) await enqueueJob(tx, EXPORT_FEED, { feed })
      })
      return { outdated }
    },
  })
