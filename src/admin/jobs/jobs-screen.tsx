'use client'
import { SetStepNav } from '@payloadcms/ui'
import { useMemo, useState } from 'react'
import type { JobsAnswer, RunAnswer, RunsAnswer } from '../../../jobs/api-types.ts'
import { useNow, useVersion } from '../ui/clock.ts'
import { FailedJobs } from './failed-jobs.tsx'
import { JobTable } from './job-table.tsx'
import type { StreamState } from '../ui/run-stream.ts'
import { RangeChoice } from './range-choice.tsx'
import { Timeline } from './timeline.tsx'
import { RunningJobs } from './running-jobs.tsx'
import { useApi } from '../ui/use-api.ts'
import { useLiveRuns } from '../ui/use-live-runs.ts'
import { formatMoment } from '../ui/format.ts'
import '../ui/jobs.css'

/** The maximum number of runs that the API returns. */
const MAX_RUNS = 1_000

/** The Jobs screen, live. Errors are shown, and earlier data stays visible. */
export function JobsScreen({ mayQueueAgain }: { mayQueueAgain: boolean }) {
  const [hours, setHours] = useState(24)
  const live = useLiveRuns()
  const now = useNow(live.skew, 5_000)
  const [version, refresh] = useVersion(live.changeCount)
  const jobs = useApi<JobsAnswer>('/jobs', version)
  const history = useApi<RunsAnswer>(`/jobs/runs?hours=${hours}`, version)
  const runs = useMemo(
    () => mergeRuns(history.value?.runs ?? [], live.runs),
    [history.value, live.runs],
  )
  return (
    <>
      <SetStepNav nav={[{ label: 'Jobs' }]} />
      <Head state={live.state} />
      <Problem words={jobs.problem ?? history.problem} />
      <RunningJobs isLive={live.state === 'live'} runs={live.runs} skew={live.skew} />
      <section aria-labelledby="jobs-timeline" className="jobs__section">
        <header className="jobs__section-head">
          <h2 id="jobs-timeline">Timeline</h2>
          <RangeChoice hours={hours} onChoose={setHours} />
        </header>
        {history.value ? (
          <Timeline hours={hours} now={now} runs={runs} />
        ) : (
          <Placeholder problem={history.problem} />
        )}
        <TruncationNote now={now} runs={history.value?.runs ?? []} />
      </section>
      <FailedJobs
        failedCount={countFailedJobs(jobs.value)}
        mayQueueAgain={mayQueueAgain}
        now={now}
        onQueued={refresh}
        version={version}
      />
      <section aria-labelledby="jobs-all" className="jobs__section">
        <h2 id="jobs-all">All jobs</h2>
        {jobs.value ? (
          <JobTable jobs={jobs.value.jobs} now={now} onQueued={refresh} runs={runs} />
        ) : (
          <Placeholder problem={jobs.problem} />
        )}
      </section>
    </>
  )
}

const STATE_LABELS: Readonly<Record<StreamState, string>> = {
  opening: 'Connecting …',
  live: 'Live',
  broken: 'Not live, reconnecting',
}

function Head({ state }: { state: StreamState }) {
  return (
    <header className="jobs__head">
      <div>
        <h1>Jobs</h1>
        <p>Background jobs: when they run, how they went, and what needs your attention.</p>
      </div>
      <span className={`jobs__line jobs__line--${state}`} role="status">
        {STATE_LABELS[state]}
      </span>
    </header>
  )
}

function Problem({ words }: { words: string | null }) {
  if (!words) return null
  return (
    <p className="jobs__problem" role="alert">
      {words}
    </p>
  )
}

/** Shown until the first response; the problem itself is shown above. */
const Placeholder = ({ problem }: { problem: string | null }) => (
  <p className="jobs__empty">
    {problem ? 'Nothing to show until the server responds.' : 'Loading…'}
  </p>
)

function TruncationNote({ runs, now }: { runs: readonly RunAnswer[]; now: Date }) {
  const oldest = runs.at(-1)
  if (!oldest || runs.length < MAX_RUNS) return null
  return (
    <p className="jobs__empty">
      The {MAX_RUNS.toLocaleString('en-US')} newest runs, since{' '}
      {formatMoment(oldest.startedAt, now)}.
    </p>
  )
}

const countFailedJobs = (answer: JobsAnswer | null) =>
  answer?.jobs.reduce((sum, { failedPermanently }) => sum + failedPermanently, 0) ?? 0

/**
 * Merges loaded runs with newer live ones. An ended run is never replaced by an older, running
 * state.
 */
function mergeRuns(loaded: readonly RunAnswer[], live: readonly RunAnswer[]): RunAnswer[] {
  const ended = new Set(loaded.filter(({ status }) => status !== null).map(({ id }) => id))
  const newer = live.filter(({ id }) => !ended.has(id))
  const fresh = new Set(newer.map(({ id }) => id))
  return [...newer, ...loaded.filter(({ id }) => !fresh.has(id))]
}
