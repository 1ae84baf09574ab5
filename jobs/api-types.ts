import type { z } from 'zod'
import type { JOB, JOBS, QUEUED, RUN, RUNS } from './api-schemas.ts'

/**
 * Responses of the jobs API, shared with the panel. Contains only types, so that screens can import
 * it.
 */

/** GET /api/jobs */
export type JobsAnswer = z.output<typeof JOBS>

/** One task: what it does, its schedule, and the results of its runs over the last seven days. */
export type JobAnswer = z.output<typeof JOB>

export type { JsonSchema } from './api-schemas.ts'

/**
 * GET /api/jobs/runs?hours=24, or ?failed=true for permanently failed runs → { now, runs }. Also
 * the `data` of each event of GET /api/jobs/live.
 */
export type RunsAnswer = z.output<typeof RUNS>

/** One attempt of a job. `status` is null while it runs. */
export type RunAnswer = z.output<typeof RUN>

/** POST /api/jobs/:task/run with { input } → 202; POST /api/jobs/runs/:id/requeue → 202. */
export type QueuedAnswer = z.output<typeof QUEUED>
