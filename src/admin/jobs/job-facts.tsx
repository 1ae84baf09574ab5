'use client'
import { useConfig } from '@payloadcms/ui'
import type { JobAnswer, RunAnswer } from '../../../jobs/api-types.ts'
import { formatCount } from '../../domain/format-count.ts'
import { formatRelativeTime } from '../ui/relative-time.ts'
import { RunPill } from '../ui/run-pill.tsx'
import {
  capitalizeText,
  formatDuration,
  formatMoment,
  getOutcome,
  formatTitle,
  formatRunDuration,
} from '../ui/format.ts'

/** The cells of a job's row: what it does, when it runs, and how it went. */
export function JobFacts({ job, now }: { job: JobAnswer; now: Date }) {
  const { lastRun, schedule, week } = job
  const ended = week.success + week.failure
  return (
    <>
      <th scope="row">
        <span className="job-table__name">{formatTitle(job.name)}</span>
        <span className="job-table__note">{job.description}</span>
      </th>
      <td data-label="When">
        {schedule ? capitalizeText(schedule.words) : 'On request'}
        {schedule?.nextRunAt && (
          <span className="job-table__note">
            next {formatMoment(schedule.nextRunAt, now, schedule.timeZone)},{' '}
            {formatRelativeTime(new Date(schedule.nextRunAt), now)}
          </span>
        )}
      </td>
      <td data-label="Last run">
        <LastRun now={now} run={lastRun} />
      </td>
      <td data-label="Last 7 days">
        {formatCount(ended, 'run')}
        {week.failureRate !== null && (
          <Rate failureRate={week.failureRate} medianMs={week.medianMs} />
        )}
      </td>
      <td className={job.waiting > 0 ? '' : 'job-table__nothing'} data-label="Waiting">
        {job.waiting || '–'}
      </td>
    </>
  )
}

function LastRun({ run, now }: { run: RunAnswer | null; now: Date }) {
  const { config } = useConfig()
  if (!run) return 'Never'
  return (
    <>
      <a href={`${config.routes.admin}/collections/job-history/${run.id}`}>
        <RunPill outcome={getOutcome(run)} />
      </a>
      <span className="job-table__note">
        {formatMoment(run.startedAt, now)}, {run.status ? 'took' : 'for'}{' '}
        {formatRunDuration(run, now)}
      </span>
    </>
  )
}

function Rate({
  failureRate,
  medianMs,
}: Pick<JobAnswer['week'], 'medianMs'> & { failureRate: number }) {
  const percent = Math.round(failureRate * 100)
  const summary = failureRate === 0 ? 'none failed' : `${percent || 'less than 1'}% failed`
  return (
    <span
      className={failureRate > 0 ? 'job-table__note job-table__note--failed' : 'job-table__note'}
    >
      {summary}
      {medianMs !== null && (
        <span className="job-table__usual">, usually takes {formatDuration(medianMs)}</span>
      )}
    </span>
  )
}
