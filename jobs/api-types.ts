/**
 * What the API of the jobs answers; the panel's screen reads the same. Instants are ISO 8601 in UTC. Imports nothing, so that screens may
 * import it.
 */

/** GET /api/jobs */
export type JobsAnswer = { now: string; jobs: JobAnswer[] }

/** One task: what it does, when it runs by itself, and how its runs of the last seven days went. */
export type JobAnswer = {
  name: string
  queue: string
  does: string
  schedule: { cron: string; timeZone: string; words: string; nextRunAt: string | null } | null
  /** The run that began last, whatever it came to. */
  lastRun: RunAnswer | null
  /** Jobs that wait for their turn, runs under way, and runs that were given up and not queued again. */
  waiting: number
  running: number
  dead: number
  /** Of the last seven days; `failureRate` is failures over ended runs, null while there are none. `medianMs` is of successes. */
  week: { success: number; failure: number; failureRate: number | null; medianMs: number | null }
  /** Whether whoever asks may run it by hand, and the JSON schema of its input; null when it takes none. */
  mayRun: boolean
  input: JsonSchema | null
}

/** The part of a JSON schema that forms are drawn from. */
export type JsonSchema = {
  type?: string
  properties?: Record<
    string,
    JsonSchema & { description?: string; enum?: string[]; default?: unknown; format?: string; minimum?: number; maximum?: number }
  >
  required?: string[]
}

/** GET /api/jobs/runs?hours=24 → { now, runs } : at most 1,000, the newest first. Also `data` of each event of GET /api/jobs/live. */
export type RunsAnswer = { now: string; runs: RunAnswer[] }

/** One attempt of a job. `status` is null while it runs. */
export type RunAnswer = {
  id: string
  job: string
  jobId: string | null
  status: 'success' | 'failure' | null
  attempt: number | null
  worker: string | null
  startedAt: string
  completedAt: string | null
  durationMs: number | null
  progress: { done: number; total: number | null } | null
  /** The whole error with what it came from, a cause a line. */
  error: string | null
  /** Given up, and not queued again since. */
  dead: boolean
  nextAttemptAt: string | null
}

/** POST /api/jobs/:task/run with { input } → 202; POST /api/jobs/runs/:id/requeue → 202. */
export type QueuedAnswer = { jobId: string; message: string }
