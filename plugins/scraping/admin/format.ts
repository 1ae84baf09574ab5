import { formatCount } from '../../../src/domain/format-count.ts'
import type { HealthState } from '../domain/health.ts'
import { formatUnreadSummary } from '../domain/unread-summary.ts'
import type { ScrapeRunAnswer } from './api-types.ts'

const LABELS: Readonly<Record<HealthState, string>> = {
  unwatched: 'Not watched',
  never: 'Not checked yet',
  healthy: 'Healthy',
  failing: 'Failing',
  quarantined: 'In quarantine',
  discarded: 'Waiting for the next run',
}

/** `Healthy`, `Failing since Mar 12`. */
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
 * `Mar 12`, with the year if it is not the current one. A UTC day, so that the server and the
 * browser agree.
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
  return new Intl.DateTimeFormat('en-US', shape).format(at)
}

/** What a run changed: `3 new, 1 sold, 5 repriced`, or `no changes`. */
export function formatChanges(changes: ScrapeRunAnswer['changes']): string | null {
  if (!changes) return null
  const { new: fresh, sold, relisted, repriced, moved } = changes
  const parts = [
    [fresh, 'new'],
    [sold, 'sold'],
    [repriced, 'repriced'],
    [relisted, 'relisted'],
    [moved, 'moved to another dealer'],
  ] as const
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count.toLocaleString('en-US')} ${word}`)
      .join(', ') || 'no changes'
  )
}

/** `58 cars on 3 pages`, as far as known; `nothing` if no page was read. */
export function formatFound({ found, pages }: Pick<ScrapeRunAnswer, 'found' | 'pages'>): string {
  if (found === null && pages === 0) return 'nothing'
  const on = formatCount(pages, 'page')
  return found === null ? on : `${formatCount(found, 'car')} on ${on}`
}

/** `58 cars on 3 pages; 3 prices could not be read`, as far as known. */
export function formatRunResult(run: Pick<ScrapeRunAnswer, 'found' | 'pages' | 'unread'>): string {
  const unread = formatUnreadSummary(run.unread ?? {})
  return unread === null ? formatFound(run) : `${formatFound(run)}; ${unread}`
}

/** A URL that is safe to link: http or https only, whatever their page contains. */
export function toWebLink(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address)
  return url && /^https?:$/.test(url.protocol) ? address : null
}
