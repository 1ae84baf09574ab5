import type { RunAnswer } from '../../../jobs/api-types.ts'

/** The outcome of a run. */
export type Outcome = 'done' | 'failed' | 'dead' | 'running'

export const OUTCOME_LABELS: Readonly<Record<Outcome, string>> = {
  done: 'Done',
  failed: 'Failed',
  dead: 'Failed permanently',
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

/**
 * Formats a name as a title: `send-mail` is Send mail, `prune-vin-cache` is Prune VIN cache,
 * `batchSize` is Batch size. The stored name `analyse-vehicle` is shown in American spelling.
 */
export function formatTitle(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/)
  return capitalizeText(
    words
      .map((word) => (/^(vin|url|csv|id)$/i.test(word) ? word.toUpperCase() : word.toLowerCase()))
      .join(' ')
      .replace(/^analyse\b/, 'analyze'),
  )
}

export const capitalizeText = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Formats a duration: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. Does not wrap. */
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
  const rest = count % each === 0 ? '' : `\u00a0${count % each}\u00a0${small}`
  return `${Math.floor(count / each)}\u00a0${large}${rest}`
}

/** Formats how long a run took, or has been running. */
export function formatRunDuration(
  { startedAt, completedAt, durationMs }: RunAnswer,
  now: Date,
): string {
  const until = completedAt ? Date.parse(completedAt) : now.getTime()
  return formatDuration(durationMs ?? until - Date.parse(startedAt))
}

const DAY = { day: 'numeric', month: 'numeric', year: 'numeric' } as const
const CLOCK = { hour: 'numeric', minute: '2-digit' } as const

/** An instant in the reader's time zone or in `timeZone`: `today, 2:05 PM` or `Nov 21, 2:05 PM`. */
export function formatMoment(moment: string, now: Date, timeZone?: string): string {
  const format = (parts: Intl.DateTimeFormatOptions, at: Date) =>
    new Intl.DateTimeFormat('en-US', { ...parts, ...(timeZone && { timeZone }) })
      .format(at)
      .replaceAll('\u202f', ' ') // Intl puts a narrow no-break space before AM and PM
  const at = new Date(moment)
  const time = format(CLOCK, at)
  if (format(DAY, at) === format(DAY, now)) return `today, ${time}`
  return `${format({ day: 'numeric', month: 'short' }, at)}, ${time}`
}

/** Splits an error into itself and its causes, without class names that mean nothing to users. */
export const splitCauses = (error: string): string[] =>
  error
    .split('\nCaused by: ')
    .map((cause) => cause.replace(/^(Error|GiveUp|RetryLater|AggregateError): (?=\S)/, ''))

export const getFirstLine = (error: string): string => splitCauses(error)[0]?.split('\n')[0] ?? ''
