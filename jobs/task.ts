import type { Payload, PayloadRequest } from 'payload'
import type { z } from 'zod'
import type { Caller } from '../src/access/identity.ts'

/** The result of a run that is stored in its history: small, plain JSON without secrets. */
export type RunResult = Readonly<Record<string, unknown>>

/**
 * A transaction of the database. It goes into every call of the Local API as `req`, and SQL of ours
 * finds it by `transactionOf`.
 */
export type TransactionRequest = PayloadRequest

/** What a task has in hand while it runs. */
export type TaskContext = {
  payload: Payload
  /** The number of this attempt, starting at 1. */
  attempt: number
  /** Whether this is the last attempt. */
  isLastAttempt: boolean
  /**
   * Breaks off what the task waits for: the run took too long, lost its lease, or the worker is
   * stopped. Its reason says which.
   */
  signal: AbortSignal
  /** The current time of the engine's clock. */
  now: () => Date
  /** Reports the progress of the run. Costs at most one write per second. */
  progress: (done: number, total?: number) => Promise<void>
  /**
   * Does `work` in one transaction that is kept only while this run still holds its lease: a worker
   * that was thought dead and wakes up changes nothing. Throws LeaseLost then. Answers once the
   * database has it, a connection that breaks at the commit included.
   */
  commit: <Value>(work: (tx: TransactionRequest) => Promise<Value>) => Promise<Value>
}

/** Whether the caller may run a task manually. */
export type CanRun = (caller: { req: Caller }) => boolean

type TaskInfo<Schema extends z.ZodType> = {
  /** Kebab-case. Must never change: queued jobs and history refer to it. */
  name: string
  /** The lane it runs in. `npm run worker -- LANE …` works on some lanes alone. */
  queue: string
  /** One sentence for the panel that describes what the task does. */
  description: string
  input: Schema
  /** Time limit of a run in seconds; less than a day. */
  expiry: number
  /**
   * How often it is tried again, after how many seconds the first time, and whether the wait
   * doubles each time.
   */
  retries: { limit: number; delay: number; backoff?: boolean }
  /** Maximum number of concurrent runs in one process. */
  concurrency: number
  /** Runs automatically with an empty input: a cron expression of five parts in an IANA zone. */
  schedule?: { cron: string; timeZone: string }
  /** Who may run it manually; defaults to nobody. */
  canRun?: CanRun
}

/**
 * A kind of work, as it is written down; `defineTask` makes a Task of it. Idempotent: its docstring
 * says why it may run twice.
 */
export type TaskSpec<Schema extends z.ZodType> = TaskInfo<Schema> & {
  /**
   * While a job with this key waits or runs, no other is queued. A task with a schedule is one
   * alone when it says no key.
   */
  singletonKey?: (input: z.output<Schema>) => string
  run: (ctx: TaskContext, input: z.output<Schema>) => Promise<RunResult | void>
}

/** A kind of work, as the engine takes it: it checks its own input. */
export type Task = TaskInfo<z.ZodType> & {
  /** Checks an input and gives it in the shape that is queued. Throws WrongInput. */
  accept: (input: unknown) => { data: object; key: string | null }
  run: (ctx: TaskContext, input: unknown) => Promise<RunResult | void>
}

/** An input that a task does not take. The message names the task, the field and what would do. */
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
