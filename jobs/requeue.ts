import type pg from 'pg'
import { CHANGED_CHANNEL } from '../src/database/watch.ts'
import { wrapClient, createBoss, SCHEMA } from './boss.ts'
import { JOBS_WAIT, type JobQueue, startJobNow, findUnfinishedJob } from './queue.ts'
import { WrongInput } from './task.ts'

/** A run as whoever queues its job again has it in hand. */
export type RequeueableRun = {
  id: string
  name: string
  jobId: string | null
  input: object
  failedPermanently: boolean
}

type Row = {
  id: string
  job_name: string | null
  job_id: string | null
  input: object | null
  dead: boolean | null
}

/**
 * Takes a run in hand: until the transaction has ended, others wait for it. Null when there is
 * none.
 */
export async function lockRun(client: pg.ClientBase, id: string): Promise<RequeueableRun | null> {
  const { rows } = await client.query<Row>(
    'select id, job_name, job_id, input, dead from job_history where id = $1 for update',
    [id],
  )
  const [row] = rows
  return row
    ? {
        id: row.id,
        name: row.job_name ?? '',
        jobId: row.job_id,
        input: row.input ?? {},
        failedPermanently: row.dead ?? false,
      }
    : null
}

/**
 * Queues the job of a run that was given up again, with one more try and under its old id; as a new
 * job where pg-boss has forgotten the old one. The same work that waits for its next try starts at
 * once instead. Answers the job's id, or why it can not be. The run stays in the history and is not
 * given up any more.
 */
export async function requeueJob(
  client: pg.ClientBase,
  queue: JobQueue,
  run: RequeueableRun,
): Promise<{ jobId: string } | { problem: string }> {
  const { name, jobId } = run
  if (!run.failedPermanently)
    return {
      problem:
        `The run ${run.id} of ${name} did not fail permanently, ` +
        'or it was already queued again.',
    }
  const task = queue.tasks.get(name)
  if (!task) return { problem: `The task "${name}" no longer exists.` }
  try {
    const { key } = task.accept(run.input)
    const other = key === null ? null : await findUnfinishedJob(wrapClient(client), name, key)
    if (other && (await startJobNow(wrapClient(client), name, other)))
      return await markRequeued(client, run, other)
    if (other) return { problem: `The same work is already queued or running as job ${other}.` }
  } catch (error) {
    if (error instanceof WrongInput)
      return { problem: `${error.message} It was queued before the task changed.` }
    throw error
  }
  const again = jobId !== null && (await retryJob(client, name, jobId))
  const queued = again ? jobId : await queue.enqueueOn(wrapClient(client), name, run.input)
  return markRequeued(client, run, queued)
}

/** The run is not given up any more: its work is queued as this job. */
async function markRequeued(
  client: pg.ClientBase,
  { id }: RequeueableRun,
  jobId: string,
): Promise<{ jobId: string }> {
  await client.query('update job_history set dead = false where id = $1', [id])
  return { jobId }
}

/**
 * Has pg-boss try a job once more; false when it has no such job. pg-boss leaves the moment of its
 * failure in the row, and would clear the job away an hour after that, waiting or running.
 */
async function retryJob(client: pg.ClientBase, name: string, jobId: string): Promise<boolean> {
  const db = wrapClient(client)
  await createBoss(db).retry(name, jobId, { db })
  const { rowCount } = await client.query(
    `update ${SCHEMA}.job set completed_on = null where name = $1 and id = $2
      and state <= ` + `'active'`,
    [name, jobId],
  )
  if (!rowCount) return false
  await client.query('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
  return true
}
