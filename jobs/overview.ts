import type { RunAnswer } from './api-types.ts'
import { SCHEMA } from './boss.ts'
import type { Pool } from '../src/database/with-transaction.ts'

/**
 * The status of one task: its waiting, running and permanently failed jobs, and the results of its
 * runs over the last seven days.
 */
export type JobStatus = {
  nextRunAt: Date | null
  lastRun: RunAnswer | null
  waiting: number
  running: number
  failedPermanently: number
  success: number
  failure: number
  medianMs: number | null
}

/** The columns of job_history that the API returns. */
type Row = {
  id: string
  job_name: string | null
  job_id: string | null
  status: RunAnswer['status']
  attempt: number | null
  worker: string | null
  started_at: Date
  completed_at: Date | null
  duration_ms: number | null
  progress_done: number | null
  progress_total: number | null
  error: string | null
  dead: boolean | null
  next_attempt_at: Date | null
}

const RUN = `id, job_name, job_id, status, attempt, worker, started_at, completed_at, duration_ms,
  progress_done, progress_total, error, dead, next_attempt_at`

/**
 * Selects active runs. A row without a lease that was never completed predates leases and is not
 * active.
 */
const OPEN = 'completed_at is null and lease_ends_at is not null'

const WEEK = `started_at > now() - interval '7 days'`

const STATUSES = `
  with counted as (
    select job_name,
      count(*) filter (where ${OPEN})::int as running,
      count(*) filter (where dead)::int as given_up,
      count(*) filter (where status = 'success' and ${WEEK})::int as success,
      count(*) filter (where status = 'failure' and ${WEEK})::int as failure,
      percentile_cont(0.5) within group (order by duration_ms) filter (where status = 'success'
        and ${WEEK}) as median
    from job_history where ${WEEK} or dead or ${OPEN} group by job_name),
  queued as (select name, count(*)::int as waiting from ${SCHEMA}.job where state < 'active'
    group by name)
  select task.name as task, next_run_at, coalesce(waiting, 0) as waiting, coalesce(running, 0) as
    running,
    coalesce(given_up, 0) as given_up, coalesce(success, 0) as success, coalesce(failure, 0) as
      failure, median, last.*
  from unnest($1::text[]) as task (name)
    left join job_schedules on job_schedules.name = task.name
    left join counted on counted.job_name = task.name
    left join queued on queued.name = task.name
    left join lateral (
      select ${RUN} from job_history where job_history.job_name = task.name
        and started_at is not null order by started_at desc, id desc limit 1
    ) as last on true`

type Counts = {
  task: string
  next_run_at: Date | null
  given_up: number
  median: number | null
}
type StatusRow = Counts &
  Pick<JobStatus, 'waiting' | 'running' | 'success' | 'failure'> &
  (Row | { id: null })

/** Loads the status of the named tasks in one statement, keyed by name. */
export async function loadJobStatuses(
  pool: Pool,
  names: readonly string[],
): Promise<Map<string, JobStatus>> {
  const { rows } = await pool.query<StatusRow>(STATUSES, [names])
  return new Map(rows.map((row) => [row.task, toJobStatus(row)]))
}

/** The maximum number of runs in one response. */
const MAX_RUNS = 1_000

/**
 * Loads the runs that started in the last hours, the active ones, and all that failed permanently,
 * newest first.
 */
export async function loadRecentRuns(pool: Pool, hours: number): Promise<RunAnswer[]> {
  const { rows } = await pool.query<Row>(
    `select ${RUN} from job_history where started_at > now() - make_interval(hours => $1)
      or (${OPEN}) or dead
     order by started_at desc, id desc limit ${MAX_RUNS}`,
    [hours],
  )
  return rows.map(toRunAnswer)
}

/**
 * Loads the permanently failed runs that have not been requeued, newest first, at any age and
 * regardless of later runs.
 */
export async function loadFailedRuns(pool: Pool): Promise<RunAnswer[]> {
  const { rows } = await pool.query<Row>(
    `select ${RUN} from job_history where dead order by started_at desc, id desc limit ${MAX_RUNS}`,
  )
  return rows.map(toRunAnswer)
}

/**
 * The period that the first poll covers: no run takes longer than a day. Later polls know the
 * active runs from the poll before.
 */
const FIRST_POLL_SECONDS = 86_400
const NEXT_POLL_SECONDS = 60
const SHOW_ENDED_SECONDS = 15

const LIVE = `
  select ${RUN} from job_history
  where (${OPEN}) or ((started_at > now() - make_interval(secs => $1) or id = any($2::uuid[]))
    and completed_at > now() - interval '${SHOW_ENDED_SECONDS} seconds')
  order by started_at desc, id limit ${MAX_RUNS}`

/**
 * Creates a function that loads the active runs and those that ended in the last 15 seconds on each
 * call. Because no index covers the end of a run, each call remembers the runs whose end the next
 * call must find.
 */
export function createLiveRunsLoader(pool: Pool): () => Promise<RunAnswer[]> {
  let seen: string[] | null = null
  return async () => {
    const { rows } = await pool.query<Row>(LIVE, [
      seen ? NEXT_POLL_SECONDS : FIRST_POLL_SECONDS,
      seen ?? [],
    ])
    seen = rows.map(({ id }) => id)
    return rows.map(toRunAnswer)
  }
}

function toJobStatus(row: StatusRow): JobStatus {
  const {
    next_run_at: nextRunAt,
    waiting,
    running,
    given_up: failedPermanently,
    success,
    failure,
    median,
  } = row
  const lastRun = row.id === null ? null : toRunAnswer(row)
  return {
    nextRunAt,
    lastRun,
    waiting,
    running,
    failedPermanently,
    success,
    failure,
    medianMs: median === null ? null : Math.round(median),
  }
}

function toRunAnswer(row: Row): RunAnswer {
  return {
    id: row.id,
    job: row.job_name ?? '',
    jobId: row.job_id,
    status: row.status,
    attempt: row.attempt,
    worker: row.worker,
    startedAt: row.started_at.toISOString(),
    completedAt: toIsoInstant(row.completed_at),
    durationMs: row.duration_ms,
    progress:
      row.progress_done === null ? null : { done: row.progress_done, total: row.progress_total },
    error: row.error,
    failedPermanently: row.dead ?? false,
    nextAttemptAt: toIsoInstant(row.next_attempt_at),
  }
}

const toIsoInstant = (moment: Date | null) => moment?.toISOString() ?? null
