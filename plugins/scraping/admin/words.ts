import { counted } from '../../../src/admin/jobs/words.ts'
import { parseUrl } from '../../../src/domain/parse-url.ts'
import type { HealthState } from '../domain/health.ts'
import { unreadSummary } from '../domain/unread-words.ts'
import type { ReadingAnswer } from './answers.ts'

const LABELS: Readonly<Record<HealthState, string>> = {
  unwatched: 'Not watched',
  never: 'Never looked at',
  healthy: 'Healthy',
  failing: 'Failing',
  quarantined: 'In quarantine',
  discarded: 'Waits for the next reading',
}

/** `Healthy`, `Failing since 12 Mar`. */
export function healthWords({ state, since }: { state: HealthState; since: string | null }): string {
  return state === 'failing' && since !== null ? `${LABELS.failing} since ${dayWords(since)}` : LABELS[state]
}

/** `12 Mar`, with its year where that is not this one's; a UTC day, so that server and browser say the same. */
export function dayWords(moment: string): string {
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
export function changesWords(changes: ReadingAnswer['changes']): string | null {
  if (!changes) return null
  const { new: fresh, sold, relisted, repriced, moved } = changes
  const said = [
    [fresh, 'new'],
    [sold, 'sold'],
    [repriced, 'repriced'],
    [relisted, 'back again'],
    [moved, 'moved to another dealer'],
  ] as const
  return (
    said
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count.toLocaleString('en-US')} ${word}`)
      .join(', ') || 'nothing changed'
  )
}

/** `58 cars on 3 pages`, as far as it is known; `nothing` where no page came. */
export function foundWords({ found, pages }: Pick<ReadingAnswer, 'found' | 'pages'>): string {
  if (found === null && pages === 0) return 'nothing'
  const on = counted(pages, 'page')
  return found === null ? on : `${counted(found, 'car')} on ${on}`
}

/** `58 cars on 3 pages; 3 prices could not be read`, as far as it is known. */
export function sawWords(reading: Pick<ReadingAnswer, 'found' | 'pages' | 'unread'>): string {
  const unread = unreadSummary(reading.unread ?? {})
  return unread === null ? foundWords(reading) : `${foundWords(reading)}; ${unread}`
}

/** An address that a link may lead to: http and https alone, whatever a page of theirs said. */
export function webLink(address: string | null): string | null {
  const url = address === null ? null : parseUrl(address)
  return url && /^https?:$/.test(url.protocol) ? address : null
}
