'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { QueuedAnswer, RunAnswer, RunsAnswer } from '../../../jobs/api-types.ts'
import { formatAge } from '../ui/relative-time.ts'
import { sendCommand } from '../ui/api.ts'
import { useApi } from '../ui/use-api.ts'
import { formatCount } from '../../domain/format-count.ts'
import { splitCauses, formatMoment, formatTitle } from '../ui/format.ts'
import './failed-jobs.css'

type Props = {
  failedCount: number
  version: number
  mayQueueAgain: boolean
  now: Date
  onQueued: () => void
}

/** The filter of the list of runs, as Payload's list writes it. */
const ONLY_FAILED = 'where[or][0][and][0][dead][equals]=true'

/**
 * The permanently failed runs, each with its error. `failedCount` includes those beyond the limit
 * of one response.
 */
export function FailedJobs({ failedCount, version, mayQueueAgain, now, onQueued }: Props) {
  const { config } = useConfig()
  const { value, problem } = useApi<RunsAnswer>('/jobs/runs?failed=true', version)
  const [queued, setQueued] = useState<readonly RunAnswer[]>([])
  const loaded = value?.runs ?? []
  const runs = loaded.filter((run) => !queued.some(({ id }) => id === run.id))
  const older = failedCount - loaded.length
  const last = queued.at(-1)
  const history = `${config.routes.admin}/collections/job-history?${ONLY_FAILED}`
  return (
    <section aria-labelledby="jobs-given-up" className="jobs__section">
      <h2 id="jobs-given-up">Failed jobs</h2>
      <p className="given-up__queued" role="status">
        {last && `${formatTitle(last.job)} is queued again. It will appear above when it starts.`}
      </p>
      {value && runs.length === 0 && (
        <p className="jobs__empty">
          No failed jobs. Failures are retried automatically; jobs that still fail are listed here.
        </p>
      )}
      {!value && (
        <p className="jobs__empty">
          {problem ? 'Nothing to show until the server responds.' : 'Loading…'}
        </p>
      )}
      <ul className="given-up">
        {runs.map((run) => (
          <FailedJob
            key={run.id}
            mayQueueAgain={mayQueueAgain}
            now={now}
            onQueued={() => (setQueued([...queued, run]), onQueued())}
            run={run}
          />
        ))}
      </ul>
      {value && older > 0 && (
        <p className="jobs__empty">
          <a href={history}>{formatCount(older, 'older failure')}</a>{' '}
          {older === 1 ? 'is in the job history.' : 'are in the job history.'}
        </p>
      )}
    </section>
  )
}

type RunProps = {
  run: RunAnswer
  mayQueueAgain: boolean
  now: Date
  onQueued: () => void
}

function FailedJob({ run, mayQueueAgain, now, onQueued }: RunProps) {
  const { config } = useConfig()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const queueAgain = async () => {
    setSending(true)
    const result = await sendCommand<QueuedAnswer>(
      `${config.routes.api}/jobs/runs/${run.id}/requeue`,
    )
    setSending(false)
    if ('problem' in result) return setProblem(result.problem)
    onQueued()
  }
  const moment = run.completedAt ?? run.startedAt
  return (
    <li className="given-up__run">
      <div className="given-up__head">
        <a href={`${config.routes.admin}/collections/job-history/${run.id}`}>
          {formatTitle(run.job)}
        </a>
        <span>
          {formatMoment(moment, now)}, {formatAge(moment, now)}
          {run.attempt !== null && `, after ${formatCount(run.attempt, 'attempt')}`}
        </span>
        {mayQueueAgain && (
          <button
            aria-label={`Queue ${formatTitle(run.job)} again`}
            className="jobs__button"
            disabled={sending}
            onClick={() => void queueAgain()}
            type="button"
          >
            {sending ? 'Queuing…' : 'Queue again'}
          </button>
        )}
      </div>
      {run.error && <Causes error={run.error} />}
      {problem && <Refused words={problem} />}
    </li>
  )
}

const Refused = ({ words }: { words: string }) => (
  <p className="jobs__problem" role="alert">
    {words}
  </p>
)

/** The error and its causes, each indented further. */
function Causes({ error }: { error: string }) {
  const [first, ...causes] = splitCauses(error)
  return (
    <div className="causes">
      <strong>{first}</strong>
      {causes.map((cause, depth) => (
        <p key={depth} style={{ marginInlineStart: `${depth + 1}rem` }}>
          <span>Caused by</span> {cause}
        </p>
      ))}
    </div>
  )
}
