import type { ReactNode } from 'react'
import { formatAge } from '../../../src/admin/ui/relative-time.ts'
import { capitalizeText, formatMoment } from '../../../src/admin/ui/format.ts'
import type { Health } from '../domain/health.ts'
import { formatUnreadSummary } from '../domain/unread-summary.ts'
import type { CompetitorAnswer, ScrapeRunAnswer } from './api-types.ts'
import { HealthBadge } from './health-badge.tsx'
import { formatChanges, formatFound, toWebLink } from './format.ts'

type Props = {
  row: CompetitorAnswer | null
  health: Health | null
  latest: ScrapeRunAnswer | null
  now: Date
  /** Actions. */
  children: ReactNode
}

/** A competitor's health: status, reason, what to do, and the age of the data. */
export function HealthCard({ row, health, latest, now, children }: Props) {
  const page = toWebLink(row?.inventoryUrl ?? null)
  return (
    <header className="watch__health">
      <div className="watch__health-head">
        <div aria-live="polite" className="watch__state">
          {health ? <HealthBadge health={health} /> : <span className="jobs__empty">Loading…</span>}
          {row && <LastReadTime now={now} row={row} />}
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
        <p className="jobs__empty">
          The last run was discarded. The data is from the run before it.
        </p>
      )}
      {latest && health && ['healthy', 'discarded'].includes(health.state) && (
        <LatestRun run={latest} />
      )}
    </header>
  )
}

function LastReadTime({
  row: { lastScrapedAt, lastSuccessfulScrapeAt },
  now,
}: {
  row: CompetitorAnswer
  now: Date
}) {
  const read = lastSuccessfulScrapeAt ?? null
  if (!read)
    return (
      <span className="jobs__empty">
        {lastScrapedAt ? 'No complete run yet' : 'Not scraped yet'}
      </span>
    )
  return (
    <span className="jobs__empty">
      Last complete run {formatAge(read, now)} ({formatMoment(read, now)})
    </span>
  )
}

/** The result of the last run. */
function LatestRun({ run }: { run: ScrapeRunAnswer }) {
  if (run.state !== 'applied') return null
  const changes = formatChanges(run.changes)
  const unread = formatUnreadSummary(run.unread ?? {})
  return (
    <p className="watch__latest" role="status">
      The last run found {formatFound(run)}
      {changes && `: ${changes}`}.{run.dropped ? ` ${run.dropped} more could not be read.` : ''}
      {unread && ` ${capitalizeText(unread)}.`}
    </p>
  )
}
