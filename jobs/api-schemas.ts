import { z } from 'zod'

/* What the API of the jobs answers. Instants are ISO 8601 in UTC. */

const at = z.iso.datetime()
const count = z.number().int().nonnegative()

export const RUN = z
  .strictObject({
    id: z.uuid(),
    job: z.string(),
    jobId: z.uuid().nullable(),
    status: z.enum(['success', 'failure']).nullable().describe('Null while it runs.'),
    attempt: count.nullable(),
    worker: z.string().nullable(),
    startedAt: at,
    completedAt: at.nullable(),
    durationMs: z.number().nullable(),
    progress: z.strictObject({ done: z.number(), total: z.number().nullable() }).nullable(),
    error: z
      .string()
      .nullable()
      .describe('The whole error with what it came from, a cause a line.'),
    failedPermanently: z.boolean().describe('Given up, and not queued again since.'),
    nextAttemptAt: at.nullable(),
  })
  .describe('One attempt of a job.')

export const RUNS = z.strictObject({
  now: at,
  runs: z.array(RUN).describe('At most 1,000, the newest first.'),
})

/** The part of a JSON schema that forms are drawn from. */
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
    .describe('Failures over ended runs; null while there are none.'),
  medianMs: z.number().nullable().describe('Of successes.'),
})

export const JOB = z
  .strictObject({
    name: z.string(),
    queue: z.string(),
    description: z.string(),
    schedule: SCHEDULE.nullable(),
    lastRun: RUN.nullable().describe('The run that began last, whatever it came to.'),
    waiting: count.describe('Jobs that wait for their turn.'),
    running: count.describe('Runs under way.'),
    failedPermanently: count.describe('Runs that were given up and not queued again.'),
    week: WEEK.describe('Of the last seven days.'),
    canRun: z.boolean().describe('Whether whoever asks may run it by hand.'),
    input: (z.looseObject({}) as unknown as z.ZodType<JsonSchema>)
      .nullable()
      .describe('The JSON schema of its input; null when it takes none.'),
  })
  .describe(
    'One task: what it does, when it runs by itself, and how its runs of the last seven days went.',
  )

export const JOBS = z.strictObject({ now: at, jobs: z.array(JOB) })

export const QUEUED = z.strictObject({ jobId: z.uuid(), message: z.string() })
