import type { Payload, PayloadRequest } from 'payload'
import type { z } from 'zod'
import type { Caller } from '../src/access/identity.ts'

/** The result of a run that is stored in its history: small, plain JSON without secrets. */
export type RunResult = Readonly<Record<string, unknown>>

/**
 * A database transaction. Pass it as `req` to every Local API call; for our own SQL, use
 * `getTransaction`.
 */
export type TransactionRequest = PayloadRequest

/** The context of a running task. */
export type TaskContext = {
  payload: Payload
  /** The job that this run is an attempt at. */
  jobId: string
  /** The number of this attempt, starting at 1. */
  attempt: number
  /** Whether this is the last attempt. */
  isLastAttempt: boolean
  /**
   * Aborts when the run exceeds its time limit, loses its lease, or its worker stops. Its reason is
   * the error.
   */
  signal: AbortSignal
  /** The current time of the engine's clock. */
  now: () => Date
  /** Reports the progress of the run. Costs at most one write per second. */
  progress: (done: number, total?: number) => Promise<void>
  /**
   * Runs `work` in one transaction that is committed only while this run holds its lease: a worker
   * that was considered dead and wakes up changes nothing. Throws LeaseLost in that case. Resolves
   * once the database has committed, even if the connection breaks during the commit.
   */
  commit: <Value>(work: (tx: TransactionRequest) => Promise<Value>) => Promise<Value>
}

/** Whether the caller may run a task manually. */
export type CanRun = (caller: { req: Caller }) => boolean

type TaskInfo<Schema extends z.ZodType> = {
  /** Kebab-case. Must never change: queued jobs and history refer to it. */
  name: string
  /** The queue of the task. `npm run worker -- QUEUE …` processes only some queues. */
  queue: string
  /** One sentence for the panel that describes what the task does. */
  description: string
  input: Schema
  /** Time limit of a run in seconds; less than a day. */
  expiry: number
  /**
   * The maximum number of retries, the delay before the first one in seconds, and whether the delay
   * doubles each time.
   */
  retries: {
    limit: number
    delay: number
    backoff?: boolean
  }
  /** Maximum number of concurrent runs in one process. */
  concurrency: number
  /** Runs automatically with an empty input: a cron expression of five parts in an IANA zone. */
  schedule?: { cron: string; timeZone: string }
  /** Who may run it manually; by default, no one. */
  canRun?: CanRun
}

/**
 * The specification of a task; `defineTask` creates a Task from it. A task is idempotent; its
 * docstring explains why it may run twice.
 */
export type TaskSpec<Schema extends z.ZodType> = TaskInfo<Schema> & {
  /**
   * While a job with this key waits or runs, no other job is queued. A scheduled task without a key
   * has at most one such job.
   */
  singletonKey?: (input: z.output<Schema>) => string
  run: (ctx: TaskContext, input: z.output<Schema>) => Promise<RunResult | void>
}

/** A task for the engine. Validates its own input. */
export type Task = TaskInfo<z.ZodType> & {
  /** Validates an input and returns it in the form that is queued. Throws WrongInput. */
  accept: (input: unknown) => { data: object; key: string | null }
  run: (ctx: TaskContext, input: unknown) => Promise<RunResult | void>
}

/**
 * An input that a task does not accept. The message names the task, the field and the expected
 * value.
 */
export class WrongInput extends Error {
  override readonly name = 'WrongInput'
}

export function defineTask<Schema extends z.ZodType>(spec: TaskSpec<Schema>): Task {
  const read = (input: unknown): z.output<Schema> => {
    const parsed = spec.input.safeParse(input)
    if (parsed.success) return parsed.data
    const wrong = parsed.error.issues.map(({ path, message }) =>
      [path.join('.'), message].filter(Boolean).join(': '),
    )
    throw new WrongInput(`The task ${spec.name} does not accept this input. ${wrong.join('; ')}.`)
  }
  return {
    ...spec,
    accept: (input) => {
      const data = read(input)
      return {
        data: input as object,
        key: spec.singletonKey?.(data) ?? (spec.schedule ? spec.name : null),
      }
    },
    run: (ctx, input) => spec.run(ctx, read(input)),
  }
}
