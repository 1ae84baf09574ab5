import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from '@payloadcms/db-postgres'
import type { Plugin } from 'payload'
import { z } from 'zod'
import { withTasks } from '../../../jobs/index.ts'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { getPostgresAdapter, getTransaction } from '../../../src/database/transaction.ts'

/**
 * What the tasks of the drill do is counted in these: each run that began, and each effect that was
 * committed.
 */
export const TABLES = `
  create table drill_runs (job text not null, attempt int not null);
  create table drill_effects (job text not null, attempt int not null);
  grant all on drill_runs, drill_effects to public`

const usual = {
  queue: 'drill',
  expiry: 3_600,
  retries: { limit: 3, delay: 1 },
  concurrency: 8,
} as const

const recordEffect = (ctx: TaskContext, job: string) =>
  ctx.commit((tx) =>
    getTransaction(tx).db.execute(
      sql`insert into drill_effects (job, attempt) values (${job}, ${ctx.attempt})`,
    ),
  )

/**
 * The tasks that the drill watches. Their longest run time is an hour: nothing of what is promised
 * may wait for it.
 */
export const drillRoom: Plugin = (config) =>
  withTasks(config, [
    defineTask({
      ...usual,
      name: 'drill-count',
      description: 'Counts that it ran, beside every transaction, and that it had an effect.',
      input: z.object({ job: z.string() }),
      run: async (ctx, { job }) => {
        await getPostgresAdapter(ctx.payload).pool.query(
          'insert into drill_runs (job, attempt) values ($1, $2)',
          [job, ctx.attempt],
        )
        await recordEffect(ctx, job)
      },
    }),
    defineTask({
      ...usual,
      name: 'drill-hold',
      description: 'Takes so many seconds at its first try, and none at the next.',
      input: z.object({ job: z.string(), seconds: z.number() }),
      run: async (ctx, { job, seconds }) => {
        if (ctx.attempt === 1) await sleep(seconds * 1000, undefined, { signal: ctx.signal })
        await recordEffect(ctx, job)
        return { attempt: ctx.attempt }
      },
    }),
  ])
