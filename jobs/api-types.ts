import type { z } from 'zod'
import type { JOB, JOBS, QUEUED, RUN, RUNS } from './api-schemas.ts'

/**
 * What the API of the jobs answers; the panel's screen reads the same. Types alone, so that screens
 * may import it.
 */

/** GET /api/jobs */
export type JobsAnswer = z.output<typeof JOBS>

/** One task: what it does, when it runs by itself, and how its runs of the last seven days went. */
export type JobAnswer = z.output<typeof JOB>

export type { JsonSchema } from './api-schemas.ts'

/**
 * GET /api/jobs/runs?hours=24, or ?failed=true for what was given up → { now, runs }. Also `data`
 * of each event of GET /api/jobs/live.
 */
export type RunsAnswer = z.output<typeof RUNS>

/** One attempt of a job. `status` is null while it runs. */
export type RunAnswer = z.output<typeof RUN>

/** POST /api/jobs/:task/run with { input } → 202; POST /api/jobs/runs/:id/requeue → 202. */
export type QueuedAnswer = z.output<typeof QUEUED>
