import type { RunAnswer } from '../../../jobs/api-types.ts'
import { formatRelativeTime } from './relative-time.ts'
import { RunPill } from './run-pill.tsx'
import { RunProgress } from '../jobs/run-progress.tsx'
import { getFirstLine, getOutcome, formatRunDuration } from './format.ts'

/** The state of a job that was queued on this screen: waiting, running, or ended. */
export function QueuedRun({
  jobId,
  runs,
  now,
}: {
  jobId: string
  runs: readonly RunAnswer[]
  now: Date
}) {
  const run = runs
    .filter((each) => each.jobId === jobId)
    .toSorted((one, other) => getStartTime(other) - getStartTime(one))[0]
  return (
    <div className="queued-run" role="status">
      {run ? (
        <RunSummary now={now} run={run} />
      ) : (
        <span>Queued. It starts as soon as a worker is free.</span>
      )}
    </div>
  )
}

const getStartTime = ({ startedAt }: RunAnswer) => Date.parse(startedAt)

function RunSummary({ run, now }: { run: RunAnswer; now: Date }) {
  const outcome = getOutcome(run)
  if (outcome === 'running')
    return (
      <>
        <RunPill outcome={outcome} />
        <RunProgress run={run} />
      </>
    )
  return (
    <>
      <RunPill outcome={outcome} />
      <span>
        {outcome === 'done'
          ? `in ${formatRunDuration(run, now)}`
          : run.error && getFirstLine(run.error)}
        {outcome === 'failed' &&
          run.nextAttemptAt &&
          ` It will be retried ${formatRelativeTime(new Date(run.nextAttemptAt), now)}.`}
      </span>
    </>
  )
}
