'use client'
import type { JobAnswer, RunAnswer } from '../../../jobs/api-types.ts'
import { JobRow } from './job-row.tsx'
import '../ui/job-table.css'

type Props = {
  jobs: readonly JobAnswer[]
  runs: readonly RunAnswer[]
  now: Date
  onQueued: () => void
}

/** All jobs, one per row; on a phone, one per card. */
export function JobTable({ jobs, runs, now, onQueued }: Props) {
  const runnable = jobs.some(({ canRun }) => canRun)
  return (
    <table className="job-table">
      <thead>
        <tr>
          <th scope="col">Job</th>
          <th scope="col">When</th>
          <th scope="col">Last run</th>
          <th scope="col">Last 7 days</th>
          <th scope="col">Waiting</th>
          {runnable && (
            <th scope="col">
              <span className="job-table__unseen">Run it</span>
            </th>
          )}
        </tr>
      </thead>
      {jobs.map((job) => (
        <JobRow
          job={job}
          key={job.name}
          now={now}
          onQueued={onQueued}
          runnable={runnable}
          runs={runs}
        />
      ))}
    </table>
  )
}
