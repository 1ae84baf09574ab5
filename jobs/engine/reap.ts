import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { SCHEMA } from '../boss.ts'
import { formatErrorChain } from '../outcomes.ts'
import { withTransaction, type Pool } from '../../src/database/with-transaction.ts'
import { HEARTBEAT_TIMEOUT_SECONDS } from './claim.ts'
import { closeRun, failJob } from './complete-run.ts'

/** A run whose worker stopped responding before it recorded an outcome. */
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
  queued: boolean
  deaths: string
}

/**
 * Selects open runs whose job has no recent heartbeat or is no longer active, and skips locked
 * rows: a run that is committing is alive. `queued`: pg-boss still has the job. `deaths` is the
 * number of previous crashes of the job.
 */
const LAPSED = `
  select run.id, job_id, job_name, worker, attempt, job.id is not null as queued,
    (select count(*) from job_history as before where before.job_id = run.job_id
      and before.lease_ends_at <= before.completed_at) as deaths
  from job_history as run left join ${SCHEMA}.job on job.name = job_name and job.id = job_id
  where run.completed_at is null and run.lease_ends_at < clock_timestamp() and (job.id is null
    or job.state <> 'active'
    or job.heartbeat_on < clock_timestamp() - interval '${HEARTBEAT_TIMEOUT_SECONDS} seconds')
  order by run.lease_ends_at limit 50 for update of run skip locked`

/**
 * Fails every run whose worker stopped responding and requeues its job immediately; after too many
 * crashes, only if the job has tries left. Any number of workers can do this concurrently.
 */
export async function reapRuns(pool: Pool, boss: PgBoss): Promise<LapsedRun[]> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(LAPSED)
    const reaped: LapsedRun[] = []
    for (const row of rows) reaped.push(await failLapsedRun(client, boss, row))
    return reaped
  })
}

async function failLapsedRun(client: pg.ClientBase, boss: PgBoss, row: Row): Promise<LapsedRun> {
  const { id, worker, attempt } = row
  const run = { id, jobId: row.job_id, attempt, task: { name: row.job_name } }
  const error = new Error(`Worker ${worker} sent no heartbeat: it crashed or stopped responding.`)
  const ending = { kind: 'lapsed', error, deaths: Number(row.deaths) + 1 } as const
  const nextAttemptAt = row.queued ? await failJob(client, boss, run, ending) : null
  const failedPermanently = nextAttemptAt === null
  await closeRun(client, id, {
    status: 'failure',
    error: formatErrorChain(error),
    failedPermanently,
    nextAttemptAt,
    lapsed: true,
  })
  return { ...run, worker, failedPermanently }
}
