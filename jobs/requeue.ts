import type pg from 'pg'
import { CHANGED_CHANNEL } from '../src/database/watch.ts'
import { wrapClient, createBoss, hadEffect } from './boss.ts'
import { JOBS_WAIT, type JobQueue, startJobNow, findUnfinishedJob } from './queue.ts'
import { WrongInput } from './task.ts'

/** A run whose job may be requeued. */
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

/** Locks a run until the transaction ends. Returns null if it does not exist. */
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
 * Requeues the job of a permanently failed run with one more try, under its old ID, or as a new job
 * if pg-boss has deleted the old one. If a job for the same work waits for its next try, starts
 * that job instead. Returns the ID of the job, or why it cannot be requeued. The run stays in the
 * history but no longer counts as permanently failed.
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
        `Run ${run.id} of ${name} did not fail permanently, ` + 'or it was already queued again.',
    }
  const task = queue.tasks.get(name)
  if (!task) return { problem: `The task "${name}" no longer exists.` }
  try {
    const { key } = task.accept(run.input)
    const other = key === null ? null : await findUnfinishedJob(wrapClient(client), name, key)
    if (other && (await startJobNow(wrapClient(client), name, other)))
      return await markRequeued(client, run, other.id)
    if (other) return { problem: `The same work is already queued or running as job ${other.id}.` }
  } catch (error) {
    if (error instanceof WrongInput)
      return { problem: `${error.message} The job was queued before the task changed.` }
    throw error
  }
  const again = jobId !== null && (await retryJob(client, name, jobId))
  const queued = again ? jobId : await queue.enqueueOn(wrapClient(client), name, run.input)
  return markRequeued(client, run, queued)
}

/** Marks a run as requeued under this job, so that it no longer counts as permanently failed. */
async function markRequeued(
  client: pg.ClientBase,
  { id }: RequeueableRun,
  jobId: string,
): Promise<{ jobId: string }> {
  await client.query('update job_history set dead = false where id = $1', [id])
  return { jobId }
}

/** Makes pg-boss retry a failed job; returns false if pg-boss no longer has it. */
async function retryJob(client: pg.ClientBase, name: string, jobId: string): Promise<boolean> {
  const db = wrapClient(client)
  if (!hadEffect(await createBoss(db).retry(name, jobId, { db }))) return false
  await client.query('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
  return true
}
