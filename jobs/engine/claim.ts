import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { toJsonText } from '../../src/database/json-text.ts'
import { hadEffect, wrapClient, SCHEMA } from '../boss.ts'
import type { Task } from '../task.ts'
import { withTransaction, type Pool } from '../../src/database/with-transaction.ts'
import { getJobAttempt, type Run } from './run.ts'

/** How long a worker may be silent before its runs are considered dead. */
export const HEARTBEAT_TIMEOUT_SECONDS = 10

/**
 * Claims up to `max` due jobs of a task. Opens a row of job_history for each in the same
 * transaction, so that every active job has one.
 */
export async function claimJobs(
  pool: Pool,
  boss: PgBoss,
  task: Task,
  worker: string,
  max: number,
): Promise<Run[]> {
  return withTransaction(pool, async (client) => {
    const jobs = await boss.fetch<object>(task.name, {
      db: wrapClient(client),
      batchSize: max,
      includeMetadata: true,
    })
    if (jobs.length === 0) return []
    const claimed = jobs.map(({ id, data, retryCount }) => ({
      job: id,
      attempt: retryCount + 1,
      input: data,
    }))
    const lastAttempts = new Set(
      jobs.flatMap(({ id, retryCount, retryLimit }) => (retryCount >= retryLimit ? [id] : [])),
    )
    const rows = await openRuns(client, task.name, worker, claimed)
    return rows.map(({ id, job_id: jobId, attempt, input }) => ({
      id,
      jobId,
      task,
      attempt,
      input,
      isLastAttempt: lastAttempts.has(jobId),
      abort: new AbortController(),
    }))
  })
}

type Row = {
  id: string
  job_id: string
  attempt: number
  input: unknown
}

async function openRuns(
  client: pg.ClientBase,
  name: string,
  worker: string,
  claimed: object[],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `insert into job_history (job_name, job_id, attempt, input, worker, started_at, lease_ends_at,
      commits)
     select $1, job, attempt, input, $2, clock_timestamp(), clock_timestamp() + make_interval(secs
       => ${HEARTBEAT_TIMEOUT_SECONDS}), 0
     from jsonb_to_recordset($3) as taken (job uuid, attempt int, input jsonb)
     returning id, job_id, attempt, input`,
    [name, worker, toJsonText(claimed)],
  )
  return rows
}

/** Returns the names of the given tasks that have a due job. */
export async function findDueTasks(pool: Pool, names: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from unnest($1::text[]) as task (name)
     where exists (select from ${SCHEMA}.job where job.name = task.name and state < 'active'
       and start_after <= now())`,
    [names],
  )
  return rows.map(({ name }) => name)
}

/**
 * Tells pg-boss that these runs are alive. Returns the runs that no longer belong to this worker.
 */
export async function sendHeartbeats(boss: PgBoss, runs: readonly Run[]): Promise<Run[]> {
  const lost: Run[] = []
  for (const run of runs)
    if (!hadEffect(await boss.touch(run.task.name, getJobAttempt(run)))) lost.push(run)
  return lost
}
