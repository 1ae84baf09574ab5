import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { permissions } from '../src/access/permissions.ts'
import { getTransaction } from '../src/database/transaction.ts'
import type { Schedule } from '../src/env.ts'
import { defineTask, type Task, type TaskContext } from './task.ts'

type PruneTaskSpec = {
  name: string
  description: string
  schedule?: Schedule
  /**
   * Deletes a bounded number of the rows whose retention period has ended at `now`, an instant in
   * ISO 8601.
   */
  statement: (now: string) => SQL
}

/** Defines a task that deletes expired rows in batches. Idempotent: deleted rows stay deleted. */
export const definePruneTask = ({ statement, ...spec }: PruneTaskSpec): Task =>
  defineTask({
    ...spec,
    queue: 'maintenance',
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async (ctx) => ({ removed: await deleteInBatches(ctx, statement) }),
  })

/**
 * Runs each batch in its own transaction until a batch finds no rows. Returns the total number of
 * deleted rows.
 */
async function deleteInBatches(
  ctx: TaskContext,
  statement: PruneTaskSpec['statement'],
): Promise<number> {
  const now = ctx.now().toISOString()
  let removed = 0
  for (;;) {
    ctx.signal.throwIfAborted()
    const { rowCount } = await ctx.commit((tx) => getTransaction(tx).db.execute(statement(now)))
    if (!rowCount) return removed
    removed += rowCount
    await ctx.progress(removed)
  }
}
