import type { Payload, PayloadRequest } from 'payload'
import { toJsonText } from '../src/database/json-text.ts'
import { CHANGED_CHANNEL } from '../src/database/watch.ts'
import { getPostgresAdapter, getTransaction } from '../src/database/transaction.ts'
import { type BossDb, wrapClient, wrapTransaction, createBoss, SCHEMA } from './boss.ts'
import type { Task } from './task.ts'
import { withTransaction } from '../src/database/with-transaction.ts'

declare module '../src/services.ts' {
  interface Services {
    jobs: JobQueue
  }
}

/** The notification on the change channel when jobs are waiting. */
export const JOBS_WAIT = 'jobs'

/**
 * When a job may start. `after` is a delay in seconds; by default, the job starts as soon as
 * possible. `now` marks a request by a person: a job with the same key that waits for its next try
 * starts at once. Jobs with a higher `priority` start first; the default is 0.
 */
export type EnqueueOptions = { after?: number; now?: boolean; priority?: number }

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
  readonly #boss = createBoss({
    executeSql: () => Promise.reject(new Error('A job must be queued in a transaction.')),
  })

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
    if (existing) return existing
    const id = await this.#boss.send(name, data, {
      db,
      retryLimit: retries.limit,
      retryDelay: retries.delay,
      retryBackoff: retries.backoff ?? false,
      expireInSeconds: Math.min(expiry + EXPIRY_SLACK, 86_399),
      ...(priority !== 0 && { priority }),
      ...(key !== null && { singletonKey: key }),
      ...(after !== undefined && after > 0 && { startAfter: after }),
    })
    if (!id)
      throw new Error(
        `The queue for the task ${name} does not exist. Run npm run migrate to create it.`,
      )
    await db.executeSql('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
    return id
  }
}

/**
 * The margin in seconds of pg-boss's time limit over ours, so that our limit always ends the run
 * first and cleanly.
 */
const EXPIRY_SLACK = 300

/**
 * Returns the waiting or running job with this key, or null. Locks the key until the transaction
 * ends, so that concurrent callers wait.
 */
export async function findUnfinishedJob(
  db: BossDb,
  name: string,
  key: string,
): Promise<string | null> {
  await db.executeSql('select pg_advisory_xact_lock(hashtextextended($1, 7305022))', [
    `${name} ${key}`,
  ])
  const { rows } = await db.executeSql(
    `select id from ${SCHEMA}.job where name = $1 and singleton_key = $2
      and state <= ` + `'active' limit 1`,
    [name, key],
  )
  return (rows as { id: string }[])[0]?.id ?? null
}

/**
 * Starts a job at once that waits for a later time, such as its next try. Returns whether it was
 * waiting for one.
 */
export async function startJobNow(db: BossDb, name: string, job: string): Promise<boolean> {
  const { rows } = await db.executeSql(
    `update ${SCHEMA}.job set start_after = now() where name = $1 and id = $2
      and state < ` + `'active' and start_after > now() returning id`,
    [name, job],
  )
  if (rows.length === 0) return false
  await db.executeSql('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
  return true
}
