import type { LastTry as Tried } from '../../../jobs/last-try.ts'
import { formatAge, formatRelativeTime } from './relative-time.ts'
import { formatMoment } from './format.ts'

type Props = {
  lastTry: Tried
  now: Date
  subject: string
  hint?: string | null
}

/**
 * The last failed attempt: when it failed, why, and when the next attempt is. `hint` is what the
 * user can do.
 */
export function LastTry({ lastTry, now, subject, hint = null }: Props) {
  const { error, failedAt, state } = lastTry
  return (
    <p className="jobs__problem" role="status">
      <strong>
        {subject} failed {formatAge(failedAt, now)}: {error}
      </strong>{' '}
      {describeNextTry(lastTry, now)} {state !== 'running' && hint}
    </p>
  )
}

/** An attempt this close counts as immediate. */
const SOON_MS = 30_000

function describeNextTry({ nextTryAt, state }: Tried, now: Date): string {
  if (state === 'running') return 'A retry is running now.'
  if (nextTryAt === null) return 'It will not be retried.'
  if (Date.parse(nextTryAt) - now.getTime() < SOON_MS)
    return 'The next attempt starts as soon as a worker is free.'
  return (
    `The next attempt is ${formatRelativeTime(new Date(nextTryAt), now)} ` +
    `(${formatMoment(nextTryAt, now)}).`
  )
}
