import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { scheduleOf, type Settings } from '../../src/env.ts'
import { filesOf, purge, toPurge } from '../../src/owners/purge.ts'
import type { OwnerFiles } from '../../src/owners/files.ts'
import { defineTask } from '../task.ts'

/**
 * Removes owners whose 30 days of grace are over, and rows of those purged before that a restore brought back. It may run twice: each
 * owner goes in one transaction, which their files are removed in, and a file that is gone is removed already.
 */
export const purgeAccounts = (settings: Settings, files: OwnerFiles) =>
  defineTask({
    name: 'purge-accounts',
    queue: 'maintenance',
    does: 'Removes the accounts of owners whose time to change their mind is over.',
    ...scheduleOf(settings, 'SCHEDULE_PURGE_ACCOUNTS'),
    input: z.object({}),
    expiry: 3600,
    retries: { limit: 3, delay: 60, backoff: true },
    concurrency: 1,
    mayRun: permissions.isStaffAdmin,
    run: async (ctx) => {
      const [now, subjects] = [ctx.now(), await toPurge(ctx.payload, ctx.now())]
      let purged = 0
      for (const [index, subject] of subjects.entries()) {
        ctx.signal.throwIfAborted()
        const stored = await filesOf(ctx.payload, subject)
        const done = await ctx.commit(async (tx) => {
          const removed = await purge(tx, subject, now)
          for (const file of removed ? stored : []) await files.remove(file)
          return removed
        })
        if (done) purged += 1
        await ctx.progress(index + 1, subjects.length)
      }
      return { purged, kept: subjects.length - purged }
    },
  })
