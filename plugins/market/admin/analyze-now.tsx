'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { QueuedAnswer } from '../../../jobs/api-types.ts'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import { useNow } from '../../../src/admin/ui/clock.ts'
import { QueuedRun } from '../../../src/admin/ui/queued-run.tsx'
import { useLiveRuns } from '../../../src/admin/ui/use-live-runs.ts'
import '../../../src/admin/ui/job-table.css'

type Props = { car: string; onEnded: () => void }

/** Compares a car with the market now and shows the progress. */
export function AnalyzeNow({ car, onEnded }: Props) {
  const { config } = useConfig()
  const [sending, setSending] = useState(false)
  const [jobId, setJobId] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const analyze = async () => {
    setSending(true)
    const result = await sendCommand<QueuedAnswer>(
      `${config.routes.api}/inventory/${encodeURIComponent(car)}/analyse`,
    )
    setSending(false)
    setProblem('problem' in result ? result.problem : null)
    setJobId('answer' in result ? result.answer.jobId : null)
  }
  return (
    <div className="analyse-now">
      <button
        className="jobs__button jobs__button--first"
        disabled={sending}
        onClick={() => void analyze()}
        type="button"
      >
        {sending ? 'Queuing…' : 'Analyze now'}
      </button>
      {jobId && <AnalysisRun jobId={jobId} key={jobId} onEnded={onEnded} />}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

/** Follows the job until it ends, then triggers a reload of the result. */
function AnalysisRun({ jobId, onEnded }: { jobId: string; onEnded: () => void }) {
  const { runs, skew } = useLiveRuns()
  const now = useNow(skew, 1_000)
  const ended = runs.filter((run) => run.jobId === jobId && run.status !== null).length
  useEffect(() => {
    if (ended > 0) onEnded()
  }, [ended, onEnded])
  return <QueuedRun jobId={jobId} now={now} runs={runs} />
}
