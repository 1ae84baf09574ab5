import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { overClient, SCHEMA } from '../boss.ts'
import { inTransaction, type Pool } from '../../src/database/in-transaction.ts'
import { type Ending, wordsOf } from './run.ts'

/** A run as its row names it. */
export type Opened = { id: string; jobId: string; task: { name: string } }

/** How a row was closed: `refused` when it is no longer this worker's, else whether its job is tried again. */
export type Settled = 'refused' | 'done' | 'again' | 'dead'

/**
 * Closes a run and says what becomes of its job, in one transaction. Refused when the row is closed already: the run was taken for dead,
 * and its last work is not counted. If this worker closed it with a COMMIT whose answer was lost, that result is kept.
 */
export async function settle(pool: Pool, boss: PgBoss, run: Opened, ending: Exclude<Ending, { kind: 'lost' }>): Promise<Settled> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Closed>(
      'select completed_at is not null as closed, status, error, dead from job_history where id = $1 for update',
      [run.id],
    )
    const [row] = rows
    if (!row || row.closed) return row ? settledBefore(row, ending) : 'refused'
    if (ending.kind === 'success') {
      await boss.complete(run.task.name, run.jobId, {}, { db: overClient(client) })
      await close(client, run.id, { status: 'success', result: ending.result })
      return 'done'
    }
    const again = await failJob(client, boss, run, ending)
    const dead = again === null && ending.kind !== 'handed back'
    await close(client, run.id, { status: 'failure', error: wordsOf(ending), dead, again })
    return dead ? 'dead' : 'again'
  })
}

type Closed = { closed: boolean; status: string | null; error: string | null; dead: boolean | null }

/** The result of a run whose row is already closed: that of this ending if the row records it, `refused` if another worker closed it. */
function settledBefore({ status, error, dead }: Closed, ending: Exclude<Ending, { kind: 'lost' }>): Settled {
  if (ending.kind === 'success') return status === 'success' ? 'done' : 'refused'
  if (status !== 'failure' || error !== wordsOf(ending)) return 'refused'
  return dead ? 'dead' : 'again'
}

type Failing = Exclude<Ending, { kind: 'lost' | 'success' }> | { kind: 'lapsed'; error: unknown; deaths: number }

/** A worker’s death is not its job’s fault, unless the job brings down so many. */
const DEATHS = 3

/**
 * Fails a job through pg-boss, which counts its tries and waits by its backoff. What pg-boss has no word for is said in its table, in
 * the same transaction: no tries left before, the moment of the next one after. Answers that moment; null when it is given up.
 */
export async function failJob(
  client: pg.ClientBase,
  boss: PgBoss,
  { jobId, task }: Opened,
  failing: Failing,
): Promise<Date | null> {
  const tries = triesFor(failing)
  if (tries)
    await client.query(`update ${SCHEMA}.job set retry_limit = ${tries} where name = $1 and id = $2 and state = 'active'`, [
      task.name,
      jobId,
    ])
  await boss.fail(task.name, jobId, {}, { db: overClient(client) })
  const delay = delayOf(failing)
  const { rows } = await client.query<{ start_after: Date }>(
    `update ${SCHEMA}.job set start_after = coalesce(clock_timestamp() + make_interval(secs => $3), start_after)
     where name = $1 and id = $2 and state = 'retry' returning start_after`,
    [task.name, jobId, delay],
  )
  return rows[0]?.start_after ?? null
}

function triesFor(failing: Failing): string | null {
  switch (failing.kind) {
    case 'final':
      return 'retry_count'
    case 'handed back':
      return 'retry_limit + 1'
    case 'lapsed':
      return failing.deaths < DEATHS ? 'greatest(retry_limit, retry_count + 1)' : 'retry_limit'
    default:
      return null
  }
}

function delayOf(failing: Failing): number | null {
  if (failing.kind === 'failure') return failing.delay ?? null
  return 0
}

export type Closing = {
  status: 'success' | 'failure'
  result?: string | null
  error?: string
  dead?: boolean
  again?: Date | null
}

/** Writes the end of a run into its row; `result` is JSON. */
export async function close(client: pg.ClientBase, id: string, { status, result, error, dead, again }: Closing): Promise<void> {
  await client.query(
    `update job_history set status = $2, result = $3, error = $4, dead = $5, next_attempt_at = $6, completed_at = clock_timestamp(),
       duration_ms = extract(epoch from clock_timestamp() - started_at) * 1000 where id = $1`,
    [id, status, result ?? null, error ?? null, dead ?? false, again ?? null],
  )
}
