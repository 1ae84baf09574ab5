'use client'
import { SetStepNav } from '@payloadcms/ui'
import { useMemo, useState } from 'react'
import type { JobsAnswer, RunAnswer, RunsAnswer } from '../../../jobs/api-types.ts'
import { useNow, useVersion } from './clock.ts'
import { GivenUp } from './given-up.tsx'
import { JobTable } from './job-table.tsx'
import type { LineState } from './live-line.ts'
import { RangeChoice } from './range-choice.tsx'
import { Timeline } from './timeline.tsx'
import { UnderWay } from './under-way.tsx'
import { useAnswer } from './use-answer.ts'
import { useLiveRuns } from './use-live-runs.ts'
import { momentWords } from './words.ts'
import './jobs.css'

/** As many runs as the API tells at once. */
const MOST_RUNS = 1_000

/** The jobs as they stand and as they go on. Whatever can't be asked is said, and what was known before stays. */
export function JobsScreen({ mayQueueAgain }: { mayQueueAgain: boolean }) {
  const [hours, setHours] = useState(24)
  const live = useLiveRuns()
  const now = useNow(live.skew, 5_000)
  const [version, askAgain] = useVersion(live.turns)
  const jobs = useAnswer<JobsAnswer>('/jobs', version)
  const kept = useAnswer<RunsAnswer>(`/jobs/runs?hours=${hours}`, version)
  const runs = useMemo(() => merged(kept.value?.runs ?? [], live.runs), [kept.value, live.runs])
  return (
    <>
      <SetStepNav nav={[{ label: 'Jobs' }]} />
      <Head state={live.state} />
      <Problem words={jobs.problem ?? kept.problem} />
      <UnderWay isLive={live.state === 'live'} runs={live.runs} skew={live.skew} />
      <section aria-labelledby="jobs-timeline" className="jobs__section">
        <header className="jobs__section-head">
          <h2 id="jobs-timeline">What ran</h2>
          <RangeChoice hours={hours} onChoose={setHours} />
        </header>
        {kept.value ? <Timeline hours={hours} now={now} runs={runs} /> : <Waiting problem={kept.problem} />}
        <Cut now={now} runs={kept.value?.runs ?? []} />
      </section>
      <GivenUp dead={deadOf(jobs.value)} may={mayQueueAgain} now={now} onQueued={askAgain} version={version} />
      <section aria-labelledby="jobs-all" className="jobs__section">
        <h2 id="jobs-all">All jobs</h2>
        {jobs.value ? (
          <JobTable jobs={jobs.value.jobs} now={now} onQueued={askAgain} runs={runs} />
        ) : (
          <Waiting problem={jobs.problem} />
        )}
      </section>
    </>
  )
}

const STATES: Readonly<Record<LineState, string>> = { opening: 'Connecting …', live: 'Live', broken: 'Not live: trying again' }

function Head({ state }: { state: LineState }) {
  return (
    <header className="jobs__head">
      <div>
        <h1>Jobs</h1>
        <p>The work that goes on by itself: when it runs, how it went, and what needs you.</p>
      </div>
      <span className={`jobs__line jobs__line--${state}`} role="status">
        {STATES[state]}
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

/** In the place of what was never answered yet; the problem itself is said above. */
const Waiting = ({ problem }: { problem: string | null }) => (
  <p className="jobs__empty">{problem ? 'Nothing to show until the server answers.' : 'Loading …'}</p>
)

function Cut({ runs, now }: { runs: readonly RunAnswer[]; now: Date }) {
  const oldest = runs.at(-1)
  if (!oldest || runs.length < MOST_RUNS) return null
  return (
    <p className="jobs__empty">
      The {MOST_RUNS.toLocaleString('en-US')} newest runs, since {momentWords(oldest.startedAt, now)}.
    </p>
  )
}

const deadOf = (answer: JobsAnswer | null) => answer?.jobs.reduce((sum, { dead }) => sum + dead, 0) ?? 0

/** What was asked for, with what is newer of the same. A run that has ended is not made to go on by an older answer. */
function merged(kept: readonly RunAnswer[], live: readonly RunAnswer[]): RunAnswer[] {
  const ended = new Set(kept.filter(({ status }) => status !== null).map(({ id }) => id))
  const news = live.filter(({ id }) => !ended.has(id))
  const fresh = new Set(news.map(({ id }) => id))
  return [...news, ...kept.filter(({ id }) => !fresh.has(id))]
}
