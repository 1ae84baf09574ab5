import { formatCount } from '../../../src/admin/jobs/format.ts'
import { parseUrl } from '../../../src/domain/parse-url.ts'
import type { HealthState } from '../domain/health.ts'
import { formatUnreadSummary } from '../domain/unread-summary.ts'
import type { ScrapeRunAnswer } from './api-types.ts'

const LABELS: Readonly<Record<HealthState, string>> = {
  unwatched: 'Not watched',
  never: 'Never looked at',
  healthy: 'Healthy',
  failing: 'Failing',
  quarantined: 'In quarantine',
  discarded: 'Waits for the next reading',
}

/** `Healthy`, `Failing since 12 Mar`. */
export function formatHealth({
  state,
  since,
}: {
  state: HealthState
  since: string | null
}): string {
  return state === 'failing' && since !== null
    ? `${LABELS.failing} since ${formatDay(since)}`
    : LABELS[state]
}

/**
 * `12 Mar`, with its year where that is not this one's; a UTC day, so that server and browser say
 * the same.
 */
export function formatDay(moment: string): string {
  const at = new Date(moment)
  const isNow = at.getUTCFullYear() === new Date().getUTCFullYear()
  const shape: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(!isNow && { year: 'numeric' }),
  }
  return new Intl.DateTimeFormat('en-GB', shape).format(at)
}

/** What a reading changed: `3 new, 1 sold, 5 repriced`, or that it changed nothing. */
export function formatChanges(changes: ScrapeRunAnswer['changes']): string | null {
  if (!changes) return null
  const { new: fresh, sold, relisted, repriced, moved } = changes
  const parts = [
    [fresh, 'new'],
    [sold, 'sold'],
    [repriced, 'repriced'],
    [relisted, 'back again'],
    [moved, 'moved to another dealer'],
  ] as const
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count.toLocaleString('en-US')} ${word}`)
      .join(', ') || 'nothing changed'
  )
}

/** `58 cars on 3 pages`, as far as it is known; `nothing` where no page came. */
export function formatFound({ found, pages }: Pick<ScrapeRunAnswer, 'found' | 'pages'>): string {
  if (found === null && pages === 0) return 'nothing'
  const on = formatCount(pages, 'page')
  return found === null ? on : `${formatCount(found, 'car')} on ${on}`
}

/** `58 cars on 3 pages; 3 prices could not be read`, as far as it is known. */
export function formatRunResult(run: Pick<ScrapeRunAnswer, 'found' | 'pages' | 'unread'>): string {
  const unread = formatUnreadSummary(run.unread ?? {})
  return unread === null ? formatFound(run) : `${formatFound(run)}; ${unread}`
}

/** An address that a link may lead to: http and https alone, whatever a page of theirs said. */
export function toWebLink(address: string | null): string | null {
  const url = address === null ? null : parseUrl(address)
  return url && /^https?:$/.test(url.protocol) ? address : null
}
