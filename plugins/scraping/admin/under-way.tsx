'use client'
import { useNow } from '../../../src/admin/jobs/clock.ts'
import { QueuedRun } from '../../../src/admin/jobs/queued-run.tsx'
import { counted } from '../../../src/admin/jobs/words.ts'
import type { ReadingAnswer } from './answers.ts'
import { useJobRuns } from './use-job-runs.ts'

type Props = { jobId: string | null; reading: ReadingAnswer | null; onNews: () => void }

/** A reading that waits or goes on, live: of a job that somebody asked for here its progress, of any other how many pages it has read. */
export function UnderWay({ jobId, reading, onNews }: Props) {
  const now = useNow(0, 1_000)
  const runs = useJobRuns(jobId, onNews)
  return (
    <div className="watch__under-way">
      {jobId ? (
        <QueuedRun jobId={jobId} now={now} runs={runs} />
      ) : (
        <div className="queued-run" role="status">
          <span>Their site is being read: {counted(reading?.pages ?? 0, 'page')} so far.</span>
          <span className="run-progress">
            <progress aria-label="Their site is being read" />
          </span>
        </div>
      )}
    </div>
  )
}
