import type { RunAnswer } from '../../../jobs/api-types.ts'

/** What became of a run. */
export type Outcome = 'done' | 'failed' | 'dead' | 'running'

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  done: 'Done',
  failed: 'Failed',
  dead: 'Given up',
  running: 'Running',
}

export function outcomeOf({ status, dead }: Pick<RunAnswer, 'status' | 'dead'>): Outcome {
  if (status === 'success') return 'done'
  if (dead) return 'dead'
  return status === 'failure' ? 'failed' : 'running'
}

/** `send-mail` is Send mail; `prune-vin-cache` is Prune VIN cache; `batchSize` is Batch size. */
export function titleOf(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/)
  return capitalized(words.map((word) => (/^(vin|url|csv|id)$/i.test(word) ? word.toUpperCase() : word.toLowerCase())).join(' '))
}

export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** How long something took, as people say it: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. It stays on one line. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 0.05) return 'under\u00a00.1\u00a0s'
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}\u00a0s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}\u00a0s`
  if (whole < 3600) return pair(whole, 60, 'min', 's')
  return whole < 86_400 ? pair(Math.round(whole / 60), 60, 'h', 'min') : pair(Math.round(whole / 3600), 24, 'd', 'h')
}

const pair = (count: number, each: number, large: string, small: string) =>
  `${Math.floor(count / each)}\u00a0${large}${count % each === 0 ? '' : `\u00a0${count % each}\u00a0${small}`}`

/** How long a run took, or has taken until now. */
export function tookOf({ startedAt, completedAt, durationMs }: RunAnswer, now: Date): string {
  const until = completedAt ? Date.parse(completedAt) : now.getTime()
  return durationWords(durationMs ?? until - Date.parse(startedAt))
}

const DAY = { day: 'numeric', month: 'numeric', year: 'numeric' } as const
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const

/** A moment on the reader's own clock, or on that of `timeZone`: `today 14:05`, else `21 Nov, 14:05`. */
export function momentWords(moment: string, now: Date, timeZone?: string): string {
  const format = (parts: Intl.DateTimeFormatOptions, at: Date) =>
    new Intl.DateTimeFormat('en-GB', { ...parts, ...(timeZone && { timeZone }) }).format(at)
  const at = new Date(moment)
  const time = format(CLOCK, at)
  if (format(DAY, at) === format(DAY, now)) return `today ${time}`
  return `${format({ day: 'numeric', month: 'short' }, at)}, ${time}`
}

/** An error and what it came from, each without the name of a class that says nothing to a reader. */
export const causesOf = (error: string): string[] =>
  error.split('\nCaused by: ').map((cause) => cause.replace(/^(Error|GiveUp|RetryLater|AggregateError): (?=\S)/, ''))

export const firstLineOf = (error: string): string => causesOf(error)[0]?.split('\n')[0] ?? ''

/** `1 run`, `2,000 runs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
