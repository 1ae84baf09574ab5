import type { Endpoint } from 'payload'
import { listJobs } from './list.ts'
import { createLiveJobsEndpoint } from './live.ts'
import { requeueRun } from './requeue.ts'
import { runNow } from './run-now.ts'
import { listRuns } from './runs.ts'

/** The API of the jobs, under /api/jobs: for staff. */
export const listJobEndpoints = (): Endpoint[] => [
  listJobs,
  listRuns,
  createLiveJobsEndpoint(),
  runNow,
  requeueRun,
]
