import type { Endpoint } from 'payload'
import { listJobs } from './list.ts'
import { liveJobs } from './live.ts'
import { requeueRun } from './requeue.ts'
import { runNow } from './run-now.ts'
import { listRuns } from './runs.ts'

/** The API of the jobs, under /api/jobs: for staff. */
export const jobEndpoints = (): Endpoint[] => [listJobs, listRuns, liveJobs(), runNow, requeueRun]
