import { setTimeout as sleep } from 'node:timers/promises'
import { createLocalReq, type Payload } from 'payload'
import { isCommitUnknown } from '../../src/database/commit.ts'
import { postgresOf, transactionOf } from '../../src/database/transaction.ts'
import { LeaseLost } from '../outcomes.ts'
import type { TaskContext, Transacted } from '../task.ts'
import { sql } from '@payloadcms/db-postgres'
import type { Run } from './run.ts'

const PROGRESS_MS = 1_000

/** What a run's task has in hand. `flush` writes the progress that was told last and not written yet. */
export function contextOf(payload: Payload, run: Run, now: () => Date): TaskContext & { flush: () => Promise<void> } {
  const { progress, flush } = progressOf(payload, run)
  let commits = 0
  return {
    payload,
    attempt: run.attempt,
    last: run.last,
    signal: run.abort.signal,
    now,
    progress,
    flush,
    commit: (work) => commitUnderLease(payload, run, ++commits, work),
  }
}

function progressOf(payload: Payload, { id }: Run) {
  let written = 0
  let told: [number, number | null] | null = null
  const flush = async () => {
    if (!told) return
    const [done, total] = told
    told = null
    written = Date.now()
    await postgresOf(payload).pool.query(
      'update job_history set progress_done = $2, progress_total = $3 where id = $1 and completed_at is null',
      [id, Math.round(done), total === null ? null : Math.round(total)],
    )
  }
  const progress = async (done: number, total?: number) => {
    told = [done, total ?? null]
    if (Date.now() - written >= PROGRESS_MS) await flush()
  }
  return { progress, flush }
}

/**
 * Each commit increments a counter in the run's row, which also locks that row against a worker that considers the run dead. If the
 * connection broke during COMMIT, the counter shows whether the commit arrived.
 */
async function commitUnderLease<Value>(
  payload: Payload,
  { id, jobId }: Run,
  count: number,
  work: (tx: Transacted) => Promise<Value>,
): Promise<Value> {
  const transactionID = await insist(() => payload.db.beginTransaction())
  if (transactionID === null) throw new Error('The database takes no transactions.')
  const tx = await createLocalReq({ req: { transactionID } }, payload)
  try {
    const { db } = transactionOf(tx)
    const { rows } = await db.execute(
      sql`update job_history set commits = ${count} where id = ${id} and completed_at is null returning id`,
    )
    if (rows.length === 0) throw new LeaseLost(`The run ${id} of the job ${jobId} is no longer this worker's.`)
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

const ASK_AGAIN_MS = 300
const PATIENCE_MS = 60_000

/** The number of a run's commits in the database. Waits for a commit that is still in progress. */
async function countCommits(payload: Payload, id: string): Promise<number> {
  const { rows } = await insist(() =>
    postgresOf(payload).pool.query<{ commits: number }>('select commits from job_history where id = $1 for share', [id]),
  )
  return rows[0]?.commits ?? 0
}

/** Asks a database that may be away until it answers, for a minute. For what may be asked twice. */
async function insist<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (const patience = Date.now() + PATIENCE_MS; ; await sleep(ASK_AGAIN_MS)) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > patience) throw error
    }
  }
}
