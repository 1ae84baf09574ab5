import type { LastTry as Tried } from '../../../jobs/last-try.ts'
import { fromNow } from '../../../jobs/schedule/schedule-words.ts'
import { momentWords } from './words.ts'

type Props = { lastTry: Tried; now: Date; what: string; way?: string | null }

/** That the last try of some work failed, why, and when the next one comes. `way` is what a person may do about it. */
export function LastTry({ lastTry: { error, failedAt, nextTryAt, state }, now, what, way = null }: Props) {
  const next = () => {
    if (state === 'running') return 'It is tried again just now.'
    if (nextTryAt === null) return 'It was given up.'
    return Date.parse(nextTryAt) <= now.getTime()
      ? 'The next try starts as soon as a worker is free.'
      : `The next try comes ${fromNow(new Date(nextTryAt), now)} (${momentWords(nextTryAt, now)}).`
  }
  return (
    <p className="jobs__problem" role="status">
      <strong>
        {what} failed {fromNow(new Date(failedAt), now)}: {error}
      </strong>{' '}
      {next()} {state !== 'running' && way}
    </p>
  )
}
