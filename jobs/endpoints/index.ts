import type { Endpoint } from 'payload'
import { listJobs } from './list.ts'
import { createLiveJobsEndpoint } from './live.ts'
import { requeueRun } from './requeue.ts'
import { runNow } from './run-now.ts'
import { listRuns } from './runs.ts'

/** The jobs API for staff, under /api/jobs. */
export const listJobEndpoints = (): Endpoint[] => [
  listJobs,
  listRuns,
  createLiveJobsEndpoint(),
  runNow,
  requeueRun,
]
