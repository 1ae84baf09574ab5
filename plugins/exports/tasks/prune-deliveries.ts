import { z } from 'zod'
import { GiveUp } from '../../../jobs/outcomes.ts'
import { defineTask, type Task, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { getService } from '../../../src/services.ts'
import { sweepStorage } from '../../../src/uploads/sweep-storage.ts'
import type { ExportOptions } from '../options.ts'
import { closeAbandoned } from '../runs/export-feed.ts'
import { isStoredFeed } from '../runs/stored-files.ts'
import { findNamedFiles, removeOldDeliveries } from '../store/deliveries.ts'

/** How long deliveries are kept, and how many of each feed in any case. */
const KEPT = { days: 90, newest: 30 }

/**
 * Removes deliveries after 90 days, except for the last 30 of each feed, and files that no delivery
 * names. Also records the failure of deliveries whose process died. Idempotent: what was removed
 * stays removed.
 */
export const createPruneTask = ({ pruneSchedule }: ExportOptions): Task =>
  defineTask({
    name: 'prune-deliveries',
    queue: 'maintenance',
    description: 'Removes delivered feeds after 90 days, except for the last 30 of each.',
    ...(pruneSchedule && { schedule: pruneSchedule }),
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async (ctx) => {
      const abandoned = await ctx.commit((tx) => closeAbandoned(tx))
      const removed = await removeInBatches(ctx)
      return { abandoned, removed, files: await sweepFeedFiles(ctx) }
    },
  })

async function removeInBatches(ctx: TaskContext): Promise<number> {
  for (let removed = 0; ;) {
    ctx.signal.throwIfAborted()
    const count = await ctx.commit((tx) => removeOldDeliveries(tx, { now: ctx.now(), ...KEPT }))
    if (count === 0) return removed
    removed += count
    await ctx.progress(removed)
  }
}

async function sweepFeedFiles({ payload, now, signal }: TaskContext): Promise<number> {
  const swept = await sweepStorage(
    {
      storage: getService(payload, 'storages').feeds,
      isOurs: isStoredFeed,
      findNamed: (keys) => findNamedFiles({ payload }, keys),
      files: 'feeds',
      setting: 'DATA_DIR',
    },
    now(),
    signal,
  )
  if ('problem' in swept) throw new GiveUp(swept.problem)
  return swept.removed
}
