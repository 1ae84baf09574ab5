'use client'
import { useConfig } from '@payloadcms/ui'
import type { JobAnswer } from '../../../jobs/api-types.ts'
import { fromNow } from '../../../jobs/schedule/schedule-words.ts'
import { RunPill } from './run-pill.tsx'
import { capitalized, counted, durationWords, momentWords, outcomeOf, titleOf, tookOf } from './words.ts'

/** What there is to know of a job: what it does, when, and how it went. The cells of a row. */
export function JobFacts({ job, now }: { job: JobAnswer; now: Date }) {
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
        {schedule ? capitalized(schedule.words) : 'When it is asked for'}
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
