import type { RunAnswer } from '../../../jobs/api-types.ts'

/** What became of a run. */
export type Outcome = 'done' | 'failed' | 'dead' | 'running'

export const OUTCOME_LABELS: Readonly<Record<Outcome, string>> = {
  done: 'Done',
  failed: 'Failed',
  dead: 'Given up',
  running: 'Running',
}

export function getOutcome({
  status,
  failedPermanently,
}: Pick<RunAnswer, 'status' | 'failedPermanently'>): Outcome {
  if (status === 'success') return 'done'
  if (failedPermanently) return 'dead'
  return status === 'failure' ? 'failed' : 'running'
}

/** `send-mail` is Send mail; `prune-vin-cache` is Prune VIN cache; `batchSize` is Batch size. */
export function formatTitle(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/)
  return capitalizeText(
    words
      .map((word) => (/^(vin|url|csv|id)$/i.test(word) ? word.toUpperCase() : word.toLowerCase()))
      .join(' '),
  )
}

export const capitalizeText = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * How long something took, as people say it: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. It stays
 * on one line.
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 0.05) return 'under\u00a00.1\u00a0s'
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}\u00a0s`
  const rounded = Math.round(seconds)
  if (rounded < 60) return `${rounded}\u00a0s`
  if (rounded < 3600) return formatPair(rounded, 60, 'min', 's')
  return rounded < 86_400
    ? formatPair(Math.round(rounded / 60), 60, 'h', 'min')
    : formatPair(Math.round(rounded / 3600), 24, 'd', 'h')
}

function formatPair(count: number, each: number, large: string, small: string): string {
  const [whole, rest] = [Math.floor(count / each), count % each]
  const first = `${whole}\u00a0${large}`
  return rest === 0 ? first : `${first}\u00a0${rest}\u00a0${small}`
}

/** How long a run took, or has taken until now. */
export function formatRunDuration(
  { startedAt, completedAt, durationMs }: RunAnswer,
  now: Date,
): string {
  const until = completedAt ? Date.parse(completedAt) : now.getTime()
  return formatDuration(durationMs ?? until - Date.parse(startedAt))
}

const DAY = { day: 'numeric', month: 'numeric', year: 'numeric' } as const
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const

/**
 * A moment on the reader's own clock, or on that of `timeZone`: `today 14:05`, else `21 Nov,
 * 14:05`.
 */
export function formatMoment(moment: string, now: Date, timeZone?: string): string {
  const format = (parts: Intl.DateTimeFormatOptions, at: Date) =>
    new Intl.DateTimeFormat('en-GB', { ...parts, ...(timeZone && { timeZone }) }).format(at)
  const at = new Date(moment)
  const time = format(CLOCK, at)
  if (format(DAY, at) === format(DAY, now)) return `today ${time}`
  return `${format({ day: 'numeric', month: 'short' }, at)}, ${time}`
}

/**
 * An error and what it came from, each without the name of a class that says nothing to a reader.
 */
export const splitCauses = (error: string): string[] =>
  error
    .split('\nCaused by: ')
    .map((cause) => cause.replace(/^(Error|GiveUp|RetryLater|AggregateError): (?=\S)/, ''))

export const getFirstLine = (error: string): string => splitCauses(error)[0]?.split('\n')[0] ?? ''

/** `1 run`, `2,000 runs`. */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
