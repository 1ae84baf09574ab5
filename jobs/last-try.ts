import { z } from 'zod'
import { toJsonText } from '../src/database/json-text.ts'
import type { Pool } from '../src/database/with-transaction.ts'
import { SCHEMA } from './boss.ts'

/**
 * The last failed run of a piece of work, if none has succeeded since. Instants are ISO 8601 in
 * UTC.
 */
export const LAST_TRY = z
  .object({
    failedAt: z.iso.datetime(),
    error: z.string().describe('Why it failed, in one sentence.'),
    state: z
      .enum(['waiting', 'running', 'failed'])
      .describe(
        'Whether the job is waiting for its next attempt, running again, or permanently failed.',
      ),
    nextTryAt: z.iso
      .datetime()
      .nullable()
      .describe('When the next automatic attempt is due; null if none is queued.'),
  })
  .describe('The last attempt, which failed. Omitted if nothing has failed since the last success.')
export type LastTry = z.output<typeof LAST_TRY>

type Row = {
  status: string | null
  error: string | null
  completed_at: Date
} & JobState
type JobState = { state: string | null; start_after: Date | null }

/**
 * Selects the last completed run, and the job that waits or runs for the same work: its own, or a
 * later one. Recent runs are enough, because tries are at most a day apart; permanently failed runs
 * are found at any age.
 */
const LAST = `
  select run.status, run.error, run.completed_at, job.state::text as state, job.start_after
  from job_history run left join lateral (
    select state, start_after from ${SCHEMA}.job
    where name = $1 and data @> $2::jsonb and state <= 'active'
    order by state desc, start_after limit 1) job on true
  where run.job_name = $1 and run.input @> $2::jsonb and run.completed_at is not null
    and (run.started_at > now() - interval '8 days' or run.dead)
  order by run.started_at desc, run.id desc limit 1`

/**
 * Returns the last completed run of a task with this input, if it failed; null if it succeeded or
 * if there is none.
 */
export async function findLastTry(
  pool: Pool,
  task: string,
  input: object,
): Promise<LastTry | null> {
  const { rows } = await pool.query<Row>(LAST, [task, toJsonText(input)])
  const [row] = rows
  if (row?.status !== 'failure') return null
  const state = toRetryState(row)
  return {
    failedAt: row.completed_at.toISOString(),
    error: formatReason(row.error ?? ''),
    state,
    nextTryAt: state === 'waiting' ? (row.start_after?.toISOString() ?? null) : null,
  }
}

function toRetryState({ state }: Row): LastTry['state'] {
  if (state === 'active') return 'running'
  return state === 'created' || state === 'retry' ? 'waiting' : 'failed'
}

/** Returns an error from job_history without its causes and class name. */
const formatReason = (error: string): string =>
  (error.split('\nCaused by: ')[0] ?? '').replace(/^\w+: (?=\S)/, '')
