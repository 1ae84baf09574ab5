import { findCronProblem } from '../../src/domain/cron.ts'

const WEEK = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const YEAR =
  'January February March April May June July August September October November December'.split(' ')
const SHORT_WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const NTH = [
  '',
  '',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** The maximum number of times or days that a description lists. */
const MAX_LISTED = 4

const LIST = new Intl.ListFormat('en-US', { type: 'conjunction' })
const ORDINAL = new Intl.PluralRules('en', { type: 'ordinal' })
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/**
 * Describes a schedule for the panel: `every Sunday at 3:00 AM (Los Angeles time)`. A schedule
 * without an exact description is shown unchanged, as `on the schedule 0 0 31 12 1 (Berlin time)`;
 * so is an invalid one. Also runs in the browser.
 */
export function describeSchedule(cron: string, timeZone: string): string {
  const description =
    findCronProblem(cron) === null ? describeParts(cron.trim().split(/\s+/)) : null
  return `${description ?? `on the schedule ${cron.trim()}`} (${describeZone(timeZone)})`
}

/**
 * Formats the distance of a moment from now in its largest unit, rounded: `in 3 hours`, `5 minutes
 * ago`. Less than half a minute is `just now`.
 */
export function formatRelativeTime(moment: Date, now: Date): string {
  const milliseconds = moment.getTime() - now.getTime()
  const round = (unit: number) =>
    Math.round(Math.abs(milliseconds) / unit) * Math.sign(milliseconds)
  const [minutes, hours, days] = [round(60_000), round(3_600_000), round(86_400_000)]
  if (minutes === 0) return milliseconds > 0 ? 'in less than a minute' : 'just now'
  if (Math.abs(minutes) < 60) return RELATIVE.format(minutes, 'minute')
  if (Math.abs(hours) < 24) return RELATIVE.format(hours, 'hour')
  if (Math.abs(days) < 30) return RELATIVE.format(days, 'day')
  const months = round((365.25 / 12) * 86_400_000)
  return Math.abs(months) < 12
    ? RELATIVE.format(months, 'month')
    : RELATIVE.format(round(365.25 * 86_400_000), 'year')
}

function describeParts([minute = '', hour = '', day = '', month = '', weekday = '']: string[]):
  string | null {
  const days = describeDays(day, month, weekday)
  const minutes = parseNumbers(minute, 0, 59)
  const interval = days === 'every day' ? describeInterval(minutes, hour) : null
  const times = describeTimes(minutes, parseNumbers(hour, 0, 23))
  return interval ?? (days && times ? `${days}${times}` : null)
}

/**
 * Describes a schedule for every day at a constant interval that continues across midnight. Returns
 * null for others, such as every seventh hour.
 */
function describeInterval(minutes: number[], hour: string): string | null {
  const [first = 0, second = 60] = minutes
  const step = hour === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(hour)?.[1] ?? NaN)
  const pace = second - first
  const even =
    first === 0 &&
    minutes.length * pace === 60 &&
    minutes.every((minute, index) => minute === index * pace)
  if (step === 1 && pace < 60 && even) return pace === 1 ? 'every minute' : `every ${pace} minutes`
  if (minutes.length > 1 || 24 % step !== 0) return null
  const hours = step === 1 ? 'every hour' : `every ${step} hours`
  if (first === 0) return hours
  return step === 1
    ? `${hours} at ${first} ${first === 1 ? 'minute' : 'minutes'} past the hour`
    : `${hours} starting at ${formatTime(0, first)}`
}

function describeTimes(minutes: number[], hours: number[]): string | null {
  const [minute = 0] = minutes
  const [first = 0] = hours
  const last = hours.at(-1) ?? first
  const times = hours.flatMap((hour) => minutes.map((each) => formatTime(hour, each)))
  if (times.length <= MAX_LISTED) return ` at ${LIST.format(times)}`
  if (minutes.length > 1 || last - first + 1 !== hours.length) return null
  return `, every hour from ${formatTime(first, minute)} to ${formatTime(last, minute)}`
}

function describeDays(day: string, month: string, weekday: string): string | null {
  if (weekday !== '*') return day === '*' && month === '*' ? describeWeekdays(weekday) : null
  if (day === '*' || day === '*/1') return month === '*' ? 'every day' : null
  const days = parseNumbers(day, 1, 31)
  const months = parseNumbers(month, 1, 12, YEAR)
  if (month === '*') return describeMonthDays(day, days)
  return days.length === 1 && months.length === 1
    ? `every year on ${YEAR[(months[0] ?? 1) - 1]} ${days[0]}`
    : null
}

function describeWeekdays(weekday: string): string {
  const days = parseNumbers(weekday, 0, 7, SHORT_WEEK).map((day) => (day + 6) % 7)
  const named = WEEK.filter((_, index) => days.includes(index))
  const [first = 0, last = 0] = [WEEK.indexOf(named[0] ?? ''), WEEK.indexOf(named.at(-1) ?? '')]
  if (named.length === WEEK.length) return 'every day'
  const unbroken = named.length > 2 && last - first + 1 === named.length
  return unbroken ? `${WEEK[first]} to ${WEEK[last]}` : `every ${LIST.format(named)}`
}

function describeMonthDays(day: string, days: number[]): string | null {
  const nth = NTH[Number(/^\*\/(\d+)$/.exec(day)?.[1] ?? 0)]
  if (nth) return `every ${nth} day, starting on the 1st of each month`
  if (days.length > MAX_LISTED) return null
  return (
    'on the ' +
    `${LIST.format(days.map((each) => `${each}${SUFFIXES[ORDINAL.select(each)] ?? 'th'}`))} of ` +
    'every month'
  )
}

/** Parses one part of a valid expression into its numbers, ascending and without duplicates. */
function parseNumbers(
  part: string,
  min: number,
  max: number,
  names: readonly string[] = [],
): number[] {
  const parseNumber = (text: string) => {
    const named = names.findIndex((name) => name.slice(0, 3).toLowerCase() === text.toLowerCase())
    return named < 0 ? Number(text) : named + min
  }
  const numbers = part.split(',').flatMap((item) => {
    const [range = '', step = '1'] = item.split('/')
    const [from = min, to = from] = range === '*' ? [min, max] : range.split('-').map(parseNumber)
    return Array.from(
      { length: Math.floor((to - from) / Number(step)) + 1 },
      (_, index) => from + index * Number(step),
    )
  })
  return [...new Set(numbers)].sort((one, other) => one - other)
}

/** Formats a time of day for en-US: `3:00 AM`, `12:30 PM`. */
const formatTime = (hour: number, minute: number) =>
  `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`

/**
 * Describes a time zone: `America/Los_Angeles` is `Los Angeles time`; a zone without a place, such
 * as `UTC`, is returned as it is.
 */
function describeZone(timeZone: string): string {
  const name = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
  return timeZone.includes('/') && !timeZone.startsWith('Etc/') ? `${name} time` : name
}
