import type { ReactNode } from 'react'
import { fromNow } from '../../../jobs/schedule/schedule-words.ts'
import { capitalized, momentWords } from '../../../src/admin/jobs/words.ts'
import type { Health } from '../domain/health.ts'
import { unreadSummary } from '../domain/unread-words.ts'
import type { CompetitorAnswer, ReadingAnswer } from './answers.ts'
import { HealthBadge } from './health-badge.tsx'
import { changesWords, foundWords, webLink } from './words.ts'

type Props = {
  row: CompetitorAnswer | null
  health: Health | null
  latest: ReadingAnswer | null
  now: Date
  /** What can be done about it. */
  children: ReactNode
}

/** How a competitor is, why, what to do about it, and since when what is known is known. */
export function HealthCard({ row, health, latest, now, children }: Props) {
  const page = webLink(row?.inventoryUrl ?? null)
  return (
    <header className="watch__health">
      <div className="watch__health-head">
        <div aria-live="polite" className="watch__state">
          {health ? <HealthBadge health={health} /> : <span className="jobs__empty">Loading …</span>}
          {row && <Since now={now} row={row} />}
        </div>
        <div className="watch__buttons">
          {page && (
            <a href={page} rel="noopener noreferrer" target="_blank">
              Their page
            </a>
          )}
          {children}
        </div>
      </div>
      {health?.error && health.state !== 'quarantined' && (
        <p className="jobs__problem">
          <strong>{health.error}</strong> {health.wayOut}
        </p>
      )}
      {health?.state === 'discarded' && (
        <p className="jobs__empty">The last reading was discarded. What is shown is what was known before it.</p>
      )}
      {latest && health && ['healthy', 'discarded'].includes(health.state) && <Latest reading={latest} />}
    </header>
  )
}

function Since({ row: { lastScrapedAt, lastSuccessfulScrapeAt }, now }: { row: CompetitorAnswer; now: Date }) {
  const read = lastSuccessfulScrapeAt ?? null
  if (!read)
    return <span className="jobs__empty">{lastScrapedAt ? 'Not read whole yet' : 'Nothing is known of their cars yet'}</span>
  return (
    <span className="jobs__empty">
      Read whole {fromNow(new Date(read), now)} ({momentWords(read, now)})
    </span>
  )
}

/** What the last reading came to. */
function Latest({ reading }: { reading: ReadingAnswer }) {
  if (reading.state !== 'applied') return null
  const changes = changesWords(reading.changes)
  const unread = unreadSummary(reading.unread ?? {})
  return (
    <p className="watch__latest" role="status">
      The last reading saw {foundWords(reading)}
      {changes && `: ${changes}`}.{reading.dropped ? ` ${reading.dropped} more could not be read.` : ''}
      {unread && ` ${capitalized(unread)}.`}
    </p>
  )
}
