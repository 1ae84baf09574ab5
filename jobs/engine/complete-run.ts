import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { wrapClient, SCHEMA } from '../boss.ts'
import { withTransaction, type Pool } from '../../src/database/with-transaction.ts'
import { type Ending, formatEndingError } from './run.ts'

/** Identifies the row of a run. */
export type RunReference = { id: string; jobId: string; task: { name: string } }

/**
 * How a run was closed: `refused` if the row no longer belongs to this worker; otherwise `done`, or
 * whether its failed job is retried.
 */
export type RunCompletion = 'refused' | 'done' | 'retrying' | 'failed'

/**
 * Closes a run and decides what happens to its job, in one transaction. Refuses if another worker
 * has closed the row: the run was considered dead, and its last work does not count. If this worker
 * closed the row with a COMMIT whose response was lost, returns that result.
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
      await boss.complete(run.task.name, run.jobId, {}, { db: wrapClient(client) })
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
  Exclude<Ending, { kind: 'lost' | 'success' }> | { kind: 'lapsed'; error: unknown; deaths: number }

/**
 * The number of crashed workers up to which a job always gets another try. Beyond it, a crash
 * counts like any other failure.
 */
const MAX_WORKER_DEATHS = 3

/**
 * Fails a job through pg-boss, which counts the tries and applies the backoff. Updates the pg-boss
 * table directly, in the same transaction, for what its API does not support: changes the number of
 * tries before the call, and the time of the next try after it. Returns that time, or null if the
 * job failed permanently.
 */
export async function failJob(
  client: pg.ClientBase,
  boss: PgBoss,
  { jobId, task }: RunReference,
  ending: FailedEnding,
): Promise<Date | null> {
  const retryLimit = getRetryLimitSql(ending)
  if (retryLimit)
    await client.query(
      `update ${SCHEMA}.job set retry_limit = ${retryLimit} where name = $1 and id = $2
        and ` + `state = 'active'`,
      [task.name, jobId],
    )
  await boss.fail(task.name, jobId, {}, { db: wrapClient(client) })
  const delay = getDelay(ending)
  const { rows } = await client.query<{ start_after: Date }>(
    `update ${SCHEMA}.job set start_after = coalesce(clock_timestamp() + make_interval(secs => $3),
      start_after)
     where name = $1 and id = $2 and state = 'retry' returning start_after`,
    [task.name, jobId, delay],
  )
  return rows[0]?.start_after ?? null
}

function getRetryLimitSql(ending: FailedEnding): string | null {
  switch (ending.kind) {
    case 'final':
      return 'retry_count'
    case 'handed back':
      return 'retry_limit + 1'
    case 'lapsed':
      return ending.deaths < MAX_WORKER_DEATHS
        ? 'greatest(retry_limit, retry_count + 1)'
        : 'retry_limit'
    default:
      return null
  }
}

function getDelay(ending: FailedEnding): number | null {
  if (ending.kind === 'failure') return ending.delay ?? null
  return 0
}

export type RunClosing = {
  status: 'success' | 'failure'
  result?: string | null
  error?: string
  failedPermanently?: boolean
  nextAttemptAt?: Date | null
}

/** Records the end of a run in its row; `result` is JSON. */
export async function closeRun(
  client: pg.ClientBase,
  id: string,
  { status, result, error, failedPermanently, nextAttemptAt }: RunClosing,
): Promise<void> {
  await client.query(
    `update job_history set status = $2, result = $3, error = $4, dead = $5, next_attempt_at = $6,
      completed_at = clock_timestamp(),
       duration_ms = extract(epoch from clock_timestamp() - started_at) * 1000 where id = $1`,
    [id, status, result ?? null, error ?? null, failedPermanently ?? false, nextAttemptAt ?? null],
  )
}
