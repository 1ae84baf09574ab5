import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { getSchedule, type Settings } from '../../src/env.ts'
import { purgeOwnerData, listSubjectsToPurge } from '../../src/owners/purge.ts'
import type { OwnerFiles } from '../../src/owners/files.ts'
import { defineTask, type TaskContext } from '../task.ts'

/**
 * Removes owners whose 30 days of grace are over, and rows of those purged before that a restore
 * brought back. It may run twice: each owner goes in one transaction, which their files are removed
 * in, and a file that is gone is removed already. One who can't be removed keeps no other waiting:
 * the run fails after all of them.
 */
export const purgeAccounts = (settings: Settings, files: OwnerFiles) =>
  defineTask({
    name: 'purge-accounts',
    queue: 'maintenance',
    description: 'Removes deleted owner accounts whose grace period has ended.',
    ...getSchedule(settings, 'SCHEDULE_PURGE_ACCOUNTS'),
    input: z.object({}),
    expiry: 3600,
    retries: { limit: 3, delay: 60, backoff: true },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async (ctx) => {
      const [now, subjects] = [ctx.now(), await listSubjectsToPurge(ctx.payload, ctx.now())]
      const failures: unknown[] = []
      let purged = 0
      for (const [index, subject] of subjects.entries()) {
        ctx.signal.throwIfAborted()
        const done = await purgeOwnerWithFiles(ctx, files, subject, now).catch(
          (error: unknown) => void failures.push(error),
        )
        if (done) purged += 1
        await ctx.progress(index + 1, subjects.length)
      }
      const [cause] = failures
      if (cause)
        throw new Error(`${failures.length} of ${subjects.length} accounts could not be removed.`, {
          cause,
        })
      return { purged, kept: subjects.length - purged }
    },
  })

/** Removes one owner and their files together; answers whether it was done. */
const purgeOwnerWithFiles = (
  ctx: TaskContext,
  files: OwnerFiles,
  subject: string,
  now: Date,
): Promise<boolean> =>
  ctx.commit(async (tx) => {
    const stored = await purgeOwnerData(tx, subject, now)
    for (const file of stored ?? []) await files.remove(file)
    return stored !== null
  })
