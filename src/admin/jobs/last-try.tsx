import type { LastTry as Tried } from '../../../jobs/last-try.ts'
import { formatRelativeTime } from '../../../jobs/schedule/describe-schedule.ts'
import { formatMoment } from './format.ts'

type Props = { lastTry: Tried; now: Date; subject: string; hint?: string | null }

/**
 * That the last try of some work failed, why, and when the next one comes. `way` is what a person
 * may do about it.
 */
export function LastTry({ lastTry, now, subject, hint = null }: Props) {
  const { error, failedAt, state } = lastTry
  return (
    <p className="jobs__problem" role="status">
      <strong>
        {subject} failed {formatRelativeTime(new Date(failedAt), now)}: {error}
      </strong>{' '}
      {describeNextTry(lastTry, now)} {state !== 'running' && hint}
    </p>
  )
}

/** A try this close is "just now" in words. */
const SOON_MS = 30_000

function describeNextTry({ nextTryAt, state }: Tried, now: Date): string {
  if (state === 'running') return 'A retry is running now.'
  if (nextTryAt === null) return 'It will not be retried.'
  if (Date.parse(nextTryAt) - now.getTime() < SOON_MS)
    return 'The next try starts as soon as a worker is free.'
  return (
    `The next try is ${formatRelativeTime(new Date(nextTryAt), now)} ` +
    `(${formatMoment(nextTryAt, now)}).`
  )
}
