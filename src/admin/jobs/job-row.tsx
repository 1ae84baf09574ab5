'use client'
import type { JobAnswer, RunAnswer } from '../../../jobs/api-types.ts'
import { InputForm } from './input-form.tsx'
import { JobFacts } from './job-facts.tsx'
import { QueuedRun } from '../ui/queued-run.tsx'
import { type ManualRun, useManualRun } from './use-manual-run.ts'
import { formatTitle } from '../ui/format.ts'

type Props = {
  job: JobAnswer
  runs: readonly RunAnswer[]
  runnable: boolean
  now: Date
  onQueued: () => void
}

/** One job, and below it the progress of a run requested here. */
export function JobRow({ job, runs, runnable, now, onQueued }: Props) {
  const manualRun = useManualRun(job, onQueued)
  const { jobId, problem } = manualRun
  return (
    <tbody>
      <tr>
        <JobFacts job={job} now={now} />
        {runnable && (
          <td className="job-table__run">
            {job.canRun && <RunNow manualRun={manualRun} job={job} />}
          </td>
        )}
      </tr>
      {(manualRun.isOpen || problem || jobId) && (
        <tr className="job-table__more">
          <td colSpan={6}>
            {manualRun.isOpen && job.input && (
              <InputForm
                isSending={manualRun.isSending}
                onCancel={manualRun.fold}
                onSend={manualRun.run}
                schema={job.input}
              />
            )}
            {problem && (
              <p className="jobs__problem" role="alert">
                {problem}
              </p>
            )}
            {jobId && <QueuedRun jobId={jobId} now={now} runs={runs} />}
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** Runs the job, or opens its input form first. */
function RunNow({ manualRun, job }: { manualRun: ManualRun; job: JobAnswer }) {
  return (
    <button
      aria-expanded={job.input ? manualRun.isOpen : undefined}
      aria-label={`Run ${formatTitle(job.name)} now`}
      className="jobs__button"
      disabled={manualRun.isSending}
      onClick={() => (job.input ? manualRun.fold() : manualRun.run())}
      type="button"
    >
      Run now
    </button>
  )
}
