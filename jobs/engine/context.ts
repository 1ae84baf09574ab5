import { setTimeout as sleep } from 'node:timers/promises'
import { createLocalReq, type Payload } from 'payload'
import { isCommitUnknown } from '../../src/database/commit.ts'
import { getPostgresAdapter, getTransaction } from '../../src/database/transaction.ts'
import { LeaseLost } from '../outcomes.ts'
import type { TaskContext, TransactionRequest } from '../task.ts'
import { sql } from '@payloadcms/db-postgres'
import type { Run } from './run.ts'

const PROGRESS_MS = 1_000

/**
 * Creates the context of a run for its task. `flush` writes the last reported progress if it is not
 * saved yet.
 */
export function createTaskContext(
  payload: Payload,
  run: Run,
  now: () => Date,
): TaskContext & { flush: () => Promise<void> } {
  const { progress, flush } = createProgress(payload, run)
  let commits = 0
  return {
    payload,
    jobId: run.jobId,
    attempt: run.attempt,
    isLastAttempt: run.isLastAttempt,
    signal: run.abort.signal,
    now,
    progress,
    flush,
    commit: (work) => commitUnderLease(payload, run, ++commits, work),
  }
}

function createProgress(payload: Payload, { id }: Run) {
  let written = 0
  let pending: [number, number | null] | null = null
  const flush = async () => {
    if (!pending) return
    const [done, total] = pending
    pending = null
    written = Date.now()
    await getPostgresAdapter(payload).pool.query(
      'update job_history set progress_done = $2, progress_total = $3 where id = $1 and ' +
        'completed_at is null',
      [id, Math.round(done), total === null ? null : Math.round(total)],
    )
  }
  const progress = async (done: number, total?: number) => {
    pending = [done, total ?? null]
    if (Date.now() - written >= PROGRESS_MS) await flush()
  }
  return { progress, flush }
}

/**
 * Runs `work` in a transaction that increments a counter in the run's row. The increment also locks
 * the row against a worker that considers the run dead. If the connection breaks during COMMIT, the
 * counter shows whether the database received the commit.
 */
async function commitUnderLease<Value>(
  payload: Payload,
  { id, jobId }: Run,
  count: number,
  work: (tx: TransactionRequest) => Promise<Value>,
): Promise<Value> {
  const transactionID = await retryQuery(() => payload.db.beginTransaction())
  if (transactionID === null) throw new Error('The database does not support transactions.')
  const tx = await createLocalReq({ req: { transactionID } }, payload)
  try {
    const { db } = getTransaction(tx)
    const { rows } = await db.execute(
      sql`update job_history set commits = ${count} where id = ${id}
        and completed_at is null returning id`,
    )
    if (rows.length === 0)
      throw new LeaseLost(`Run ${id} of job ${jobId} no longer belongs to this worker.`)
    const value = await work(tx)
    await payload.db.commitTransaction(transactionID).catch(async (error: unknown) => {
      if (!isCommitUnknown(error) || (await countCommits(payload, id)) < count) throw error
    })
    return value
  } catch (error) {
    await payload.db.rollbackTransaction(transactionID)
    throw error
  }
}

const RETRY_MS = 300
const TIMEOUT_MS = 60_000

/** The number of a run's commits in the database. Waits for a commit that is still in progress. */
async function countCommits(payload: Payload, id: string): Promise<number> {
  const { rows } = await retryQuery(() =>
    getPostgresAdapter(payload).pool.query<{ commits: number }>(
      'select commits from job_history where id = $1 for share',
      [id],
    ),
  )
  return rows[0]?.commits ?? 0
}

/** Retries an idempotent query for up to a minute while the database is unavailable. */
async function retryQuery<Value>(query: () => Promise<Value>): Promise<Value> {
  for (const deadline = Date.now() + TIMEOUT_MS; ; await sleep(RETRY_MS)) {
    try {
      return await query()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
