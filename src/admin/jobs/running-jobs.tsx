'use client'
import { useConfig } from '@payloadcms/ui'
import type { RunAnswer } from '../../../jobs/api-types.ts'
import { useNow } from '../ui/clock.ts'
import { RunPill } from '../ui/run-pill.tsx'
import { RunProgress } from './run-progress.tsx'
import { getOutcome, formatTitle, formatRunDuration } from '../ui/format.ts'
import './running-jobs.css'

type Props = {
  runs: readonly RunAnswer[]
  skew: number
  isLive: boolean
}

/** The active runs, and for a few seconds the outcome of ended ones. */
export function RunningJobs({ runs, skew, isLive }: Props) {
  const now = useNow(skew, 1_000)
  const { config } = useConfig()
  return (
    <section aria-labelledby="jobs-under-way" className="jobs__section">
      <h2 id="jobs-under-way">Running</h2>
      {runs.length === 0 && (
        <p className="jobs__empty">
          {isLive
            ? 'No jobs are running.'
            : 'Running jobs will appear here when this screen is connected.'}
        </p>
      )}
      <ul className="under-way">
        {runs.map((run) => (
          <li className="under-way__run" key={run.id}>
            <a href={`${config.routes.admin}/collections/job-history/${run.id}`}>
              {formatTitle(run.job)}
            </a>
            {run.attempt !== null && run.attempt > 1 && (
              <span className="under-way__attempt">attempt {run.attempt}</span>
            )}
            {run.status === null ? (
              <RunProgress run={run} />
            ) : (
              <RunPill outcome={getOutcome(run)} />
            )}
            <span className="under-way__took">{formatRunDuration(run, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
