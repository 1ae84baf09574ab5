import { z } from 'zod'

/* The response schemas of the jobs API. Instants are ISO 8601 in UTC. */

const at = z.iso.datetime()
const count = z.number().int().nonnegative()

export const RUN = z
  .strictObject({
    id: z.uuid(),
    job: z.string(),
    jobId: z.uuid().nullable(),
    status: z
      .enum(['success', 'failure'])
      .nullable()
      .describe('Null while the run is in progress.'),
    attempt: count.nullable(),
    worker: z.string().nullable(),
    startedAt: at,
    completedAt: at.nullable(),
    durationMs: z.number().nullable(),
    progress: z.strictObject({ done: z.number(), total: z.number().nullable() }).nullable(),
    error: z.string().nullable().describe('The full error with its causes, one per line.'),
    failedPermanently: z.boolean().describe('Failed permanently and not queued again since.'),
    nextAttemptAt: at.nullable(),
  })
  .describe('One attempt of a job.')

export const RUNS = z.strictObject({
  now: at,
  runs: z.array(RUN).describe('Up to 1,000, newest first.'),
})

/** The subset of JSON Schema from which the panel builds forms. */
export type JsonSchema = {
  type?: string
  properties?: Record<
    string,
    JsonSchema & {
      description?: string
      enum?: string[]
      default?: unknown
      format?: string
      minimum?: number
      maximum?: number
    }
  >
  required?: string[]
}

const SCHEDULE = z.strictObject({
  cron: z.string(),
  timeZone: z.string(),
  words: z.string(),
  nextRunAt: at.nullable(),
})

const WEEK = z.strictObject({
  success: count,
  failure: count,
  failureRate: z
    .number()
    .nullable()
    .describe('Failed runs divided by completed runs; null if none have completed.'),
  medianMs: z.number().nullable().describe('Of successful runs.'),
})

export const JOB = z
  .strictObject({
    name: z.string(),
    queue: z.string(),
    description: z.string(),
    schedule: SCHEDULE.nullable(),
    lastRun: RUN.nullable().describe('The most recently started run, regardless of its outcome.'),
    waiting: count.describe('Jobs waiting in the queue.'),
    running: count.describe('Runs in progress.'),
    failedPermanently: count.describe('Runs that failed permanently and were not queued again.'),
    week: WEEK.describe('Over the last seven days.'),
    canRun: z.boolean().describe('Whether the caller may run it manually.'),
    input: (z.looseObject({}) as unknown as z.ZodType<JsonSchema>)
      .nullable()
      .describe('The JSON schema of its input; null if it takes none.'),
  })
  .describe(
    'A task: what it does, its schedule, and the results of its runs over the last seven days.',
  )

export const JOBS = z.strictObject({ now: at, jobs: z.array(JOB) })

export const QUEUED = z.strictObject({ jobId: z.uuid(), message: z.string() })
