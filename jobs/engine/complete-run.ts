import type pg from 'pg'
import type { JobWithMetadata, PgBoss, UpdateOptions } from 'pg-boss'
import { type BossDb, hadEffect, SCHEMA, wrapClient } from '../boss.ts'
import { withTransaction, type Pool } from '../../src/database/with-transaction.ts'
import { type Ending, formatEndingError, getJobAttempt, type Run } from './run.ts'

/** Identifies a run and its job. */
export type RunReference = Pick<Run, 'id' | 'jobId' | 'attempt'> & { task: { name: string } }

/**
 * How a run was closed: `refused` if the row no longer belongs to this worker; otherwise `done`, or
 * whether its failed job is retried.
 */
export type RunCompletion = 'refused' | 'done' | 'retrying' | 'failed'

/**
 * Closes a run and decides what happens to its job, in one transaction. The job of a successful run
 * is deleted, because job_history records it; pg-boss keeps one that failed permanently. Refuses if
 * another worker has closed the row: the run was considered dead, and its last work does not count.
 * If this worker closed the row with a COMMIT whose response was lost, returns that result.
 */
export async function completeRun(
  pool: Pool,
  boss: PgBoss,
  run: RunReference,
  ending: Exclude<Ending, { kind: 'lost' }>,
): Promise<RunCompletion> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<ClosedRow>(
      'select completed_at is not null as closed, status, error, dead from job_history where ' +
        'id = $1 for update',
      [run.id],
    )
    const [row] = rows
    if (!row || row.closed) return row ? getEarlierCompletion(row, ending) : 'refused'
    if (ending.kind === 'success') {
      await boss.deleteJob(run.task.name, getJobAttempt(run), { db: wrapClient(client) })
      await closeRun(client, run.id, { status: 'success', result: ending.result })
      return 'done'
    }
    const nextAttemptAt = await failJob(client, boss, run, ending)
    const failedPermanently = nextAttemptAt === null && ending.kind !== 'handed back'
    await closeRun(client, run.id, {
      status: 'failure',
      error: formatEndingError(ending),
      failedPermanently,
      nextAttemptAt,
    })
    return failedPermanently ? 'failed' : 'retrying'
  })
}

type ClosedRow = {
  closed: boolean
  status: string | null
  error: string | null
  dead: boolean | null
}

/**
 * Returns the result of a run whose row is already closed: the result of this ending if the row
 * records it, or `refused` if another worker closed the row.
 */
function getEarlierCompletion(
  { status, error, dead }: ClosedRow,
  ending: Exclude<Ending, { kind: 'lost' }>,
): RunCompletion {
  if (ending.kind === 'success') return status === 'success' ? 'done' : 'refused'
  if (status !== 'failure' || error !== formatEndingError(ending)) return 'refused'
  return dead ? 'failed' : 'retrying'
}

type FailedEnding =
  | Exclude<Ending, { kind: 'lost' | 'success' }>
  | {
      kind: 'lapsed'
      error: unknown
      deaths: number
    }

/**
 * The number of crashed workers up to which a job always gets another try. Beyond it, a crash
 * counts like any other failure.
 */
const MAX_WORKER_DEATHS = 3

/**
 * Fails a job through pg-boss, which counts the tries and applies the backoff, and then changes
 * when the job runs again. Returns that time, or null if the job failed permanently.
 */
export async function failJob(
  client: pg.ClientBase,
  boss: PgBoss,
  run: RunReference,
  ending: FailedEnding,
): Promise<Date | null> {
  const { jobId: id, task } = run
  const db = wrapClient(client)
  if (ending.kind === 'final') await dropRetries(client, run)
  await boss.fail(task.name, getJobAttempt(run), null, { db })
  const revived = isRetriedAlways(ending) && hadEffect(await boss.retry(task.name, id, { db }))
  const retry = await findRetry(boss, run, db)
  const change = retry && !revived ? getRetryChange(ending, retry) : null
  if (!change) return retry?.startAfter ?? null
  await boss.update(task.name, undefined, { id, db, ...change })
  return (await findRetry(boss, run, db))?.startAfter ?? null
}

/** Returns a job that waits for its next try, or null. */
async function findRetry(
  boss: PgBoss,
  { jobId, task }: RunReference,
  db: BossDb,
): Promise<JobWithMetadata | null> {
  const [job] = await boss.findJobs<object>(task.name, { id: jobId, db })
  return job?.state === 'retry' ? job : null
}

/** Returns what changes for a job that waits for its next try; null if its backoff applies. */
function getRetryChange(
  ending: FailedEnding,
  { retryLimit }: JobWithMetadata,
): Pick<UpdateOptions, 'startAfter' | 'retryLimit'> | null {
  if (ending.kind === 'handed back') return { startAfter: 0, retryLimit: retryLimit + 1 }
  if (ending.kind === 'lapsed') return { startAfter: 0 }
  const delay = ending.kind === 'failure' ? ending.delay : undefined
  return delay === undefined ? null : { startAfter: delay }
}

/** Takes the remaining tries from a running job, which the API of pg-boss does not support. */
async function dropRetries(client: pg.ClientBase, { jobId, task }: RunReference): Promise<void> {
  await client.query(
    `update ${SCHEMA}.job set retry_limit = retry_count where name = $1 and id = $2
      and state = 'active'`,
    [task.name, jobId],
  )
}

/** Whether the job gets another try even if none are left. */
function isRetriedAlways(ending: FailedEnding): boolean {
  if (ending.kind === 'lapsed') return ending.deaths < MAX_WORKER_DEATHS
  return ending.kind === 'handed back'
}
export type RunClosing = {
  status: 'success' | 'failure'
  result?: string | null
  error?: string
  failedPermanently?: boolean
  nextAttemptAt?: Date | null
  lapsed?: boolean
}

/**
 * Records the end of a run in its row; `result` is JSON. A lapsed run keeps the time of its lease's
 * end, by which the crashes of a job are counted.
 */
export async function closeRun(
  client: pg.ClientBase,
  id: string,
  { status, result, error, failedPermanently, nextAttemptAt, lapsed = false }: RunClosing,
): Promise<void> {
  await client.query(
    `update job_history set status = $2, result = $3, error = $4, dead = $5, next_attempt_at = $6,
      lease_ends_at = case when $7 then now() end, completed_at = clock_timestamp(),
      duration_ms = extract(epoch from clock_timestamp() - started_at) * 1000 where id = $1`,
    [
      id,
      status,
      result ?? null,
      error ?? null,
      failedPermanently ?? false,
      nextAttemptAt ?? null,
      lapsed,
    ],
  )
}
