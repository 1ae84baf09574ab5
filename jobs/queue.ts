import type { Payload, PayloadRequest } from 'payload'
import type { SendOptions } from 'pg-boss'
import { toJsonText } from '../src/database/json-text.ts'
import { CHANGED_CHANNEL } from '../src/database/watch.ts'
import { getPostgresAdapter, getTransaction } from '../src/database/transaction.ts'
import { type BossDb, createBoss, RETENTION, SCHEMA, wrapClient, wrapTransaction } from './boss.ts'
import type { Task } from './task.ts'
import { withTransaction } from '../src/database/with-transaction.ts'

declare module '../src/services.ts' {
  interface Services {
    jobs: JobQueue
  }
}

/** The code of pg-boss's error for a job whose queue does not exist. */
const QUEUE_NOT_FOUND = 'PGBOSS_QUEUE_NOT_FOUND'

/** The notification on the change channel when jobs are waiting. */
export const JOBS_WAIT = 'jobs'

/**
 * When a job may start. `after` is a delay in seconds; by default, the job starts as soon as
 * possible. `now` marks a request by a person: a job with the same key that waits for its next try
 * starts at once. Jobs with a higher `priority` start first; the default is 0.
 */
export type EnqueueOptions = {
  after?: number
  now?: boolean
  priority?: number
}

/** The context in which a job is queued: in the transaction of `transactionID` if there is one. */
export type EnqueueContext = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * The registered tasks and access to their queues. Created once with the configuration as the
 * service `jobs`.
 */
export class JobQueue {
  readonly tasks: ReadonlyMap<string, Task>
  /** Aborted when the process stops, to end streaming responses. */
  readonly shutdown = new AbortController()

  constructor(tasks: readonly Task[]) {
    this.tasks = new Map(tasks.map((task) => [task.name, task]))
  }

  /** Finds a task by name. Throws an error that lists the tasks if there is none. */
  getTask(name: string): Task {
    const task = this.tasks.get(name)
    if (!task)
      throw new Error(
        `There is no task "${name}". The tasks are ${[...this.tasks.keys()].join(', ') || 'none'}.`,
      )
    return task
  }

  /**
   * Queues a job in the transaction of `context`: a rollback discards it. Returns its ID, or the ID
   * of the waiting or running job with the same singleton key. With `now`, such a job starts at
   * once if it waits for its next try. Throws WrongInput, or an Error if the task does not exist.
   */
  async enqueue(
    context: EnqueueContext,
    name: string,
    input: object = {},
    options: EnqueueOptions = {},
  ): Promise<string> {
    const transactionID = await context.transactionID
    if (transactionID === undefined)
      return withTransaction(getPostgresAdapter(context.payload).pool, (client) =>
        this.enqueueOn(wrapClient(client), name, input, options),
      )
    const transaction = getTransaction({ payload: context.payload, transactionID })
    return this.enqueueOn(wrapTransaction(transaction), name, input, options)
  }

  /** Does the same as `enqueue` on a connection with an open transaction. */
  async enqueueOn(
    db: BossDb,
    name: string,
    input: object,
    options: EnqueueOptions = {},
  ): Promise<string> {
    const { after, now = false, priority = 0 } = options
    const { accept, expiry, retries } = this.getTask(name)
    const { data, key } = accept(JSON.parse(toJsonText(input)))
    const existing = key === null ? null : await findUnfinishedJob(db, name, key)
    if (existing && now) await startJobNow(db, name, existing)
    if (existing) return existing.id
    const id = await sendJob(db, name, data, {
      db,
      ...RETENTION,
      retryLimit: retries.limit,
      retryDelay: retries.delay,
      retryBackoff: retries.backoff ?? false,
      expireInSeconds: Math.min(expiry + EXPIRY_SLACK, 86_399),
      ...(priority !== 0 && { priority }),
      ...(key !== null && { singletonKey: key }),
      ...(after !== undefined && after > 0 && { startAfter: after }),
    })
    await db.executeSql('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
    return id
  }
}

/** Adds a job to its queue. Throws an error if the queue does not exist. */
async function sendJob(
  db: BossDb,
  name: string,
  data: object,
  options: SendOptions,
): Promise<string> {
  try {
    const id = await createBoss(db).send(name, data, options)
    if (id) return id
  } catch (cause) {
    if (!isQueueMissing(cause)) throw cause
    throw new Error(
      `The queue for the task ${name} does not exist. Run npm run migrate to create it.`,
      { cause },
    )
  }
  throw new Error(`pg-boss did not accept a job of the task ${name}.`)
}

const isQueueMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === QUEUE_NOT_FOUND

/**
 * The margin in seconds of pg-boss's time limit over ours, so that our limit always ends the run
 * first and cleanly.
 */
const EXPIRY_SLACK = 300

/** A job that waits or runs. `delayed`: it waits for a later time, such as its next try. */
export type UnfinishedJob = { id: string; delayed: boolean }

/**
 * Returns the waiting or running job with this key, or null. Locks the key until the transaction
 * ends, so that concurrent callers wait.
 */
export async function findUnfinishedJob(
  db: BossDb,
  name: string,
  key: string,
): Promise<UnfinishedJob | null> {
  await db.executeSql('select pg_advisory_xact_lock(hashtextextended($1, 7305022))', [
    `${name} ${key}`,
  ])
  const { rows } = await db.executeSql(
    `select id, state < 'active' and start_after > now() as delayed from ${SCHEMA}.job
     where name = $1 and singleton_key = $2 and state <= 'active' limit 1`,
    [name, key],
  )
  return (rows as UnfinishedJob[])[0] ?? null
}

/**
 * Starts a job at once that waits for a later time, such as its next try. Returns whether it was
 * waiting for one.
 */
export async function startJobNow(
  db: BossDb,
  name: string,
  { id, delayed }: UnfinishedJob,
): Promise<boolean> {
  if (!delayed) return false
  const { updated } = await createBoss(db).update(name, undefined, { id, startAfter: 0, db })
  if (updated === 0) return false
  await db.executeSql('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
  return true
}
