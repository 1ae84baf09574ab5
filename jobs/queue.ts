import type { Payload, PayloadRequest } from 'payload'
import { toJsonText } from '../src/database/json-text.ts'
import { CHANGED_CHANNEL } from '../src/database/watch.ts'
import { getPostgresAdapter, getTransaction } from '../src/database/transaction.ts'
import { type BossDb, wrapClient, wrapTransaction, createBoss, SCHEMA } from './boss.ts'
import type { Task } from './task.ts'
import { withTransaction } from '../src/database/with-transaction.ts'

/** The notification on the change channel when jobs are waiting. */
export const JOBS_WAIT = 'jobs'

/**
 * When a job may start: as soon as it can, unless it says so many seconds from now. `now`: a person
 * asks for it, so that a job of the same key that waits for its next try starts at once.
 * `priority`: jobs with more of it start first; 0 is usual.
 */
export type EnqueueOptions = { after?: number; now?: boolean; priority?: number }

/**
 * The context in which a job is queued, inside the transaction of `transactionID` if there is one.
 */
export type EnqueueContext = { payload: Payload } & Partial<Pick<PayloadRequest, 'transactionID'>>

/**
 * The tasks of this Forecourt, and the way into their queues. Made once with the configuration;
 * `payload.config.custom.jobs`.
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
   * Queues a job in the transaction of `asking`: rolled back, it was never sent. Answers its id, or
   * that of the job with the same singleton key that waits or runs already; `now` lets one that
   * waits for its next try start at once. Throws WrongInput, and a sentence when there is no such
   * task.
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

  /** The same on a connection that has a transaction open. */
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
        `The queue of the task ${name} is not in the database. Run npm run migrate to create it.`,
      )
    await db.executeSql('select pg_notify($1, $2)', [CHANGED_CHANNEL, JOBS_WAIT])
    return id
  }
}

/** pg-boss's own limit comes long after ours, which ends the run in good order. */
const EXPIRY_SLACK = 300

/**
 * The job with this key that waits or runs. Who asks first keeps others waiting until its
 * transaction has ended.
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
 * Lets a job start at once that waits for a later moment, such as its next try; whether it waited
 * for one.
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

/** Returns the job queue of a configuration. */
export function getJobQueue({ config }: Pick<Payload, 'config'>): JobQueue {
  const jobs = config.custom['jobs'] as JobQueue | undefined
  if (!jobs) throw new Error('This configuration has no jobs: add withJobs() to its plugins.')
  return jobs
}
