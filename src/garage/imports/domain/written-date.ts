import { isCalendarDay } from '../../../domain/calendar.ts'
import { parseInstant, type ParseResult, quoteValue } from '../../../domain/input-values.ts'
import type { LocalClock } from './local-time.ts'

/** The order of year, month and day in a date of numbers. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const

export type DateOrder = (typeof DATE_ORDERS)[number]

/** What the dates of a file have in common; `unknown` if they can be read in two ways. */
export type DetectedOrder = DateOrder | 'unknown'

const TIME = '(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?\\s*([AaPp]\\.?[Mm]\\.?)?)?'
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}$`)
const YEAR_LAST = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${TIME}$`)
const CLOCK = new RegExp(`^${TIME}$`)

/** The first two digits of a year with two: 69 is 2069, 70 is 1970, as in POSIX. */
const LAST_SHORT_YEAR = 69
const NOON = 12

/**
 * Finds the order of the dates of a file. A day after the 12th proves it; otherwise it is unknown,
 * unless every date is the same in both orders.
 */
export function detectDateOrder(texts: readonly string[]): DetectedOrder {
  const dates = texts.flatMap((text) => {
    const [, first, second] = YEAR_LAST.exec(text.trim()) ?? []
    return first && second ? [{ first: Number(first), second: Number(second) }] : []
  })
  if (dates.length === 0) return 'ymd'
  const isDayFirst = dates.some(({ first }) => first > 12)
  const isMonthFirst = dates.some(({ second }) => second > 12)
  if (isDayFirst !== isMonthFirst) return isDayFirst ? 'dmy' : 'mdy'
  return dates.every(({ first, second }) => first === second) ? 'dmy' : 'unknown'
}

/** How dates are read: the order of their numbers, and the clock of times without a zone. */
export type DateReading = { order: DateOrder; clock: LocalClock }

type Clock = {
  hours: number
  minutes: number
  seconds: number
}

/** Parses a day as written in a file, with or without a time, to `YYYY-MM-DD`. */
export function parseWrittenDay(text: string, { order }: DateReading): ParseResult<string> {
  const found = findParts(text.trim(), order)
  if (found !== null && isCalendarDay(found.day)) return { value: found.day }
  return { problem: describeBadDate(text, order) }
}

/**
 * Parses a date and time as written in a file, or in two of its cells, in a time zone. A day
 * without a time is its noon. An instant with a zone of its own keeps it.
 */
export function parseWrittenInstant(
  date: string,
  time: string | undefined,
  reading: DateReading,
): ParseResult<Date> {
  const instant = parseInstant(date.trim())
  if ('value' in instant) return instant
  const found = findParts(date.trim(), reading.order)
  if (found === null || !isCalendarDay(found.day))
    return { problem: describeBadDate(date, reading.order) }
  const clock = time === undefined ? found.clock : readClock(CLOCK.exec(` ${time.trim()}`), 1)
  if (clock === 'bad') return { problem: `must have a time such as 14:30, not ${quoteValue(time)}` }
  const { hours, minutes, seconds } = clock ?? { hours: NOON, minutes: 0, seconds: 0 }
  const [year = 0, month = 0, day = 0] = found.day.split('-').map(Number)
  // A time zone can move the last hours of the last year out of the range of instants.
  const at = parseInstant(reading.clock(Date.UTC(year, month - 1, day, hours, minutes, seconds)))
  return 'value' in at ? at : { problem: describeBadDate(date, reading.order) }
}

function findParts(
  text: string,
  order: DateOrder,
): { day: string; clock: Clock | 'bad' | null } | null {
  const early = YEAR_FIRST.exec(text)
  const late = early === null && order !== 'ymd' ? YEAR_LAST.exec(text) : null
  const match = early ?? late
  if (match === null) return null
  const [, one = '', two = '', three = ''] = match
  const [year, month, day] =
    early !== null ? [one, two, three] : order === 'dmy' ? [three, two, one] : [three, one, two]
  const digits = [expandYear(year), month.padStart(2, '0'), day.padStart(2, '0')]
  return { day: digits.join('-'), clock: readClock(match, 4) }
}

const expandYear = (year: string): string =>
  year.length === 4 ? year : `${Number(year) <= LAST_SHORT_YEAR ? '20' : '19'}${year}`

/** The time in the groups of a match; null without a time. */
function readClock(match: RegExpExecArray | null, from: number): Clock | 'bad' | null {
  if (match === null) return 'bad'
  const [hourText, minuteText, secondText, half] = match.slice(from, from + 4)
  if (hourText === undefined) return null
  const isAfternoon = half?.toLowerCase().startsWith('p')
  const written = Number(hourText)
  const hours = half === undefined ? written : (written % 12) + (isAfternoon ? 12 : 0)
  const [minutes, seconds] = [Number(minuteText), Number(secondText ?? 0)]
  const isTime = hours < 24 && minutes < 60 && seconds < 60
  return isTime && (half === undefined || (written >= 1 && written <= 12))
    ? { hours, minutes, seconds }
    : 'bad'
}

const EXAMPLES: Readonly<Record<DateOrder, string>> = {
  ymd: '2026-03-31',
  dmy: '31.03.2026',
  mdy: '03/31/2026',
}

const describeBadDate = (text: string, order: DateOrder): string =>
  `must be a date such as ${EXAMPLES[order]}, not ${quoteValue(text)}`
