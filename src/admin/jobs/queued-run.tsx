import type { RunAnswer } from '../../../jobs/api-types.ts'
import { fromNow } from '../../../jobs/schedule/schedule-words.ts'
import { RunPill } from './run-pill.tsx'
import { RunProgress } from './run-progress.tsx'
import { firstLineOf, outcomeOf, tookOf } from './words.ts'

/** What became of a job that somebody queued on this screen: it waits, it goes on, or it came to something. */
export function QueuedRun({ jobId, runs, now }: { jobId: string; runs: readonly RunAnswer[]; now: Date }) {
  const run = runs.filter((each) => each.jobId === jobId).toSorted((one, other) => newness(other) - newness(one))[0]
  return (
    <div className="queued-run" role="status">
      {run ? <Going now={now} run={run} /> : <span>It is queued, and starts as soon as a worker is free.</span>}
    </div>
  )
}

const newness = ({ startedAt }: RunAnswer) => Date.parse(startedAt)

function Going({ run, now }: { run: RunAnswer; now: Date }) {
  const outcome = outcomeOf(run)
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
        {outcome === 'done' ? `in ${tookOf(run, now)}` : run.error && firstLineOf(run.error)}
        {outcome === 'failed' && run.nextAttemptAt && ` It is tried again ${fromNow(new Date(run.nextAttemptAt), now)}.`}
      </span>
    </>
  )
}
