'use client'
import type { JobAnswer, RunAnswer } from '../../../jobs/api-types.ts'
import { InputForm } from './input-form.tsx'
import { JobFacts } from './job-facts.tsx'
import { QueuedRun } from './queued-run.tsx'
import { type AskedRun, useAskedRun } from './use-asked-run.ts'
import { titleOf } from './words.ts'

type Props = { job: JobAnswer; runs: readonly RunAnswer[]; runnable: boolean; now: Date; onQueued: () => void }

/** One job, and under it what is going on since somebody asked for a run. */
export function JobRow({ job, runs, runnable, now, onQueued }: Props) {
  const asked = useAskedRun(job, onQueued)
  const { jobId, problem } = asked
  return (
    <tbody>
      <tr>
        <JobFacts job={job} now={now} />
        {runnable && <td className="job-table__run">{job.mayRun && <RunNow asked={asked} job={job} />}</td>}
      </tr>
      {(asked.isOpen || problem || jobId) && (
        <tr className="job-table__more">
          <td colSpan={6}>
            {asked.isOpen && job.input && (
              <InputForm isSending={asked.isSending} onCancel={asked.fold} onSend={asked.run} schema={job.input} />
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

/** Runs the job, or asks first for what it has to be told. */
function RunNow({ asked, job }: { asked: AskedRun; job: JobAnswer }) {
  return (
    <button
      aria-expanded={job.input ? asked.isOpen : undefined}
      aria-label={`Run ${titleOf(job.name)} now`}
      className="jobs__button"
      disabled={asked.isSending}
      onClick={() => (job.input ? asked.fold() : asked.run())}
      type="button"
    >
      Run now
    </button>
  )
}
