import { z } from 'zod'
import { defineTask, type Task, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../access/permissions.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { getSchedule, type Settings } from '../../env.ts'
import {
  deleteOldPhotos,
  eraseEnquirers,
  erasePersonalData,
  PERSON_DAYS,
  PHOTO_DAYS,
} from '../store/retention.ts'

/**
 * Removes what is no longer needed of submissions that were rejected or withdrawn: photos after 90
 * days, personal data after a year; and the personal data of enquiries after a year. Idempotent:
 * what was removed is not there again.
 */
export const pruneSubmissions = (settings: Settings): Task =>
  defineTask({
    name: 'prune-submissions',
    description:
      `Removes photos of rejected and withdrawn submissions after ${PHOTO_DAYS} days, and their ` +
      `personal data, and that of enquiries, after ${PERSON_DAYS} days.`,
    ...getSchedule(settings, 'SCHEDULE_PRUNE_SUBMISSIONS'),
    queue: 'maintenance',
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async (ctx) => ({
      photos: await runInBatches(ctx, deleteOldPhotos),
      erased: await runInBatches(ctx, erasePersonalData),
      enquiries: await runInBatches(ctx, eraseEnquirers),
    }),
  })

/** Runs each batch in its own transaction until one finds nothing. Returns the total number. */
async function runInBatches(
  ctx: TaskContext,
  prune: (db: Transaction['db'], now: Date) => Promise<number>,
): Promise<number> {
  for (let done = 0; ;) {
    ctx.signal.throwIfAborted()
    const count = await ctx.commit((tx) => prune(getTransaction(tx).db, ctx.now()))
    if (count === 0) return done
    done += count
    await ctx.progress(done)
  }
}
