'use client'
import { useNow } from '../../../src/admin/jobs/clock.ts'
import { QueuedRun } from '../../../src/admin/jobs/queued-run.tsx'
import { formatCount } from '../../../src/admin/jobs/format.ts'
import type { ScrapeRunAnswer } from './api-types.ts'
import { useJobRuns } from './use-job-runs.ts'

type Props = { jobId: string | null; run: ScrapeRunAnswer | null; onUpdate: () => void }

/**
 * A reading that waits or goes on, live: of a job that somebody asked for here its progress, of any
 * other how many pages it has read.
 */
export function ActiveRun({ jobId, run, onUpdate }: Props) {
  const now = useNow(0, 1_000)
  const runs = useJobRuns(jobId, onUpdate)
  return (
    <div className="watch__under-way">
      {jobId ? (
        <QueuedRun jobId={jobId} now={now} runs={runs} />
      ) : (
        <div className="queued-run" role="status">
          <span>Their site is being read: {formatCount(run?.pages ?? 0, 'page')} so far.</span>
          <span className="run-progress">
            <progress aria-label="Their site is being read" />
          </span>
        </div>
      )}
    </div>
  )
}
