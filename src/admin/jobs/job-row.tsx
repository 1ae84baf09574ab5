'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { JobAnswer, QueuedAnswer, RunAnswer } from '../../../jobs/api-types.ts'
import { fromNow } from '../../../jobs/schedule/schedule-words.ts'
import { send } from './ask.ts'
import { InputForm } from './input-form.tsx'
import { QueuedRun } from './queued-run.tsx'
import { RunPill } from './run-pill.tsx'
import { counted, durationWords, momentWords, outcomeOf, titleOf, tookOf } from './words.ts'

type Props = { job: JobAnswer; runs: readonly RunAnswer[]; runnable: boolean; now: Date; onQueued: () => void }

/** What there is to say of a job that was run by hand: it is asked for, its job, or why not. */
type Asked = { state: 'no' | 'form' | 'sending' | 'queued'; jobId?: string; problem?: string }

/** One job, and under it what is going on since somebody asked for a run. */
export function JobRow({ job, runs, runnable, now, onQueued }: Props) {
  const { config } = useConfig()
  const [asked, setAsked] = useState<Asked>({ state: 'no' })
  const run = async (input?: object) => {
    setAsked({ state: 'sending' })
    const said = await send<QueuedAnswer>(`${config.routes.api}/jobs/${encodeURIComponent(job.name)}/run`, input && { input })
    if ('problem' in said) return setAsked({ state: job.input ? 'form' : 'no', problem: said.problem })
    setAsked({ state: 'queued', jobId: said.answer.jobId })
    onQueued()
  }
  const isOpen = asked.state === 'form' || (asked.state === 'sending' && job.input !== null)
  return (
    <tbody>
      <tr>
        <Facts job={job} now={now} />
        {runnable && (
          <td className="job-table__run">
            {job.mayRun && (
              <button
                aria-expanded={job.input ? isOpen : undefined}
                aria-label={`Run ${titleOf(job.name)} now`}
                className="jobs__button"
                disabled={asked.state === 'sending'}
                onClick={() => (job.input ? setAsked({ state: isOpen ? 'no' : 'form' }) : void run())}
                type="button"
              >
                Run now
              </button>
            )}
          </td>
        )}
      </tr>
      {(asked.state !== 'no' || asked.problem) && (
        <tr className="job-table__more">
          <td colSpan={6}>
            {isOpen && job.input && (
              <InputForm
                isSending={asked.state === 'sending'}
                onCancel={() => setAsked({ state: 'no' })}
                onSend={(input) => void run(input)}
                schema={job.input}
              />
            )}
            {asked.problem && (
              <p className="jobs__problem" role="alert">
                {asked.problem}
              </p>
            )}
            {asked.jobId && <QueuedRun jobId={asked.jobId} now={now} runs={runs} />}
          </td>
        </tr>
      )}
    </tbody>
  )
}

function Facts({ job, now }: { job: JobAnswer; now: Date }) {
  const { config } = useConfig()
  const { lastRun, schedule, week } = job
  const ended = week.success + week.failure
  return (
    <>
      <th scope="row">
        <span className="job-table__name">{titleOf(job.name)}</span>
        <span className="job-table__note">{job.does}</span>
      </th>
      <td data-label="When">
        {schedule ? schedule.words : 'When it is asked for'}
        {schedule?.nextRunAt && (
          <span className="job-table__note">
            next {momentWords(schedule.nextRunAt, now)}, {fromNow(new Date(schedule.nextRunAt), now)}
          </span>
        )}
      </td>
      <td data-label="Last run">
        {lastRun ? (
          <>
            <a href={`${config.routes.admin}/collections/job-history/${lastRun.id}`}>
              <RunPill outcome={outcomeOf(lastRun)} />
            </a>
            <span className="job-table__note">
              {momentWords(lastRun.startedAt, now)}, {lastRun.status ? 'took' : 'for'} {tookOf(lastRun, now)}
            </span>
          </>
        ) : (
          'Never yet'
        )}
      </td>
      <td data-label="Last 7 days">
        {counted(ended, 'run')}
        {week.failureRate !== null && <Rate failureRate={week.failureRate} medianMs={week.medianMs} />}
      </td>
      <td data-label="Waiting">{job.waiting || '–'}</td>
    </>
  )
}

function Rate({ failureRate, medianMs }: Pick<JobAnswer['week'], 'medianMs'> & { failureRate: number }) {
  const percent = Math.round(failureRate * 100)
  const words = failureRate === 0 ? 'none failed' : `${percent || 'less than 1'} % failed`
  return (
    <span className={failureRate > 0 ? 'job-table__note job-table__note--failed' : 'job-table__note'}>
      {words}
      {medianMs !== null && <span className="job-table__usual">, usually {durationWords(medianMs)}</span>}
    </span>
  )
}
