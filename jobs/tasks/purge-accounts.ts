import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { getSchedule, type Settings } from '../../src/env.ts'
import { purgeOwnerData, listSubjectsToPurge } from '../../src/owners/purge.ts'
import type { OwnerFiles } from '../../src/owners/files.ts'
import { defineTask, type TaskContext } from '../task.ts'

/**
 * Removes owners whose grace period of 30 days has ended, and rows of purged owners that a restored
 * backup brought back. Idempotent: each owner is removed in one transaction together with their
 * files, and a missing file counts as removed. An owner who cannot be removed does not block the
 * others; the run fails at the end.
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

/** Removes one owner and their files in one transaction. Returns whether it succeeded. */
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
