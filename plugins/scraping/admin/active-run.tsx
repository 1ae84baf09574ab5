'use client'
import { useNow } from '../../../src/admin/ui/clock.ts'
import { QueuedRun } from '../../../src/admin/ui/queued-run.tsx'
import { formatCount } from '../../../src/domain/format-count.ts'
import type { ScrapeRunAnswer } from './api-types.ts'
import { useJobRuns } from './use-job-runs.ts'

type Props = {
  jobId: string | null
  run: ScrapeRunAnswer | null
  onUpdate: () => void
}

/**
 * A queued or active run, live: progress for a job requested here, or the number of pages read for
 * any other.
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
          <span>Scraping their site: {formatCount(run?.pages ?? 0, 'page')} so far.</span>
          <span className="run-progress">
            <progress aria-label="Scraping their site" />
          </span>
        </div>
      )}
    </div>
  )
}
