import type PgBoss from 'pg-boss'
import { formatErrorChain } from '../outcomes.ts'
import { withTransaction, type Pool } from '../../src/database/with-transaction.ts'
import { closeRun, failJob } from './complete-run.ts'

/** A run whose lease expired before its worker recorded an outcome. */
export type LapsedRun = {
  id: string
  jobId: string
  task: { name: string }
  worker: string
  attempt: number
  failedPermanently: boolean
}

type Row = {
  id: string
  job_id: string
  job_name: string
  worker: string
  attempt: number
  deaths: string
}

/**
 * Selects runs with an expired lease and skips locked rows. `deaths` is the number of previous
 * crashes of the job.
 */
const LAPSED = `
  select id, job_id, job_name, worker, attempt,
    (select count(*) from job_history as before where before.job_id = run.job_id
      and before.lease_ends_at < before.completed_at) as deaths
  from job_history as run where completed_at is null and lease_ends_at < clock_timestamp()
  order by lease_ends_at limit 50 for update of run skip locked`

/**
 * Fails every run with an expired lease and requeues its job immediately; after too many crashes,
 * only if the job has tries left. Any number of workers can do this concurrently.
 */
export async function reapRuns(pool: Pool, boss: PgBoss): Promise<LapsedRun[]> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(LAPSED)
    const reaped: LapsedRun[] = []
    for (const { id, job_id: jobId, job_name: name, worker, attempt, deaths } of rows) {
      const run = { id, jobId, task: { name } }
      const error = new Error(
        `Worker ${worker} did not renew its lease: it crashed or stopped responding.`,
      )
      const nextAttemptAt = await failJob(client, boss, run, {
        kind: 'lapsed',
        error,
        deaths: Number(deaths) + 1,
      })
      await closeRun(client, id, {
        status: 'failure',
        error: formatErrorChain(error),
        failedPermanently: nextAttemptAt === null,
        nextAttemptAt,
      })
      reaped.push({ ...run, worker, attempt, failedPermanently: nextAttemptAt === null })
    }
    return reaped
  })
}
