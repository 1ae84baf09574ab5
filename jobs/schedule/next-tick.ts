import { Cron } from 'croner'
import { findCronProblem } from '../../src/domain/cron.ts'

/**
 * What the clock on the wall of a zone shows at a moment: both in milliseconds, the wall read as if
 * it hung in UTC.
 */
type Clock = (moment: number) => number

/** The next time on the wall, after one, that an expression names. */
type Due = (wall: number) => number

/**
 * A clock set to another time: from `at` on it shows the moment plus `since`, until then plus
 * `before`.
 */
type Change = { at: number; before: number; since: number }

const HOUR = 3_600_000

/**
 * More than two clocks of the world are ever apart; no clock is changed twice within two of these.
 */
const WINDOW = 26 * HOUR

/**
 * The first moment after `after` at which a cron expression of five parts is due on the clock of an
 * IANA zone.
 *
 * An expression that names its hours (`55 1 * * *`, `0 8-18/2 * * 1-5`) is due once for every time
 * it names. A time that the clock shows twice, on the night of autumn, is due at the first; a time
 * that it leaves out, in spring, is due at the moment it jumps, and several of them are due there
 * together.
 *
 * An expression over every hour (a star in its hours, `0 * * * *`) goes by the time that passes: it
 * is due in both of the two equal hours. Where a change of the clock would make the wait longer
 * than it is on other nights, it is also due when it would have been had nobody touched the clock:
 * every sixth hour in Berlin is due in that night of autumn at 00:00, 05:00 (six hours later) and
 * 06:00.
 *
 * Croner only reads the expression. Its own answers in a zone miss the second of two equal hours,
 * come again from the middle of them, and put 02:30 of a spring night at 03:30.
 * @throws an Error that names expression and zone, when the expression is none, never comes, or
 *   nobody knows the zone.
 */
export function getNextTick(cron: string, timeZone: string, after: Date): Date {
  const problem = findCronProblem(cron)
  if (problem) throw new Error(`the schedule ${JSON.stringify(cron)} (${timeZone}) ${problem}`)
  const clock = createClock(timeZone, cron)
  const due = createDue(cron, timeZone)
  const step = parseHourStep(cron)
  const moment = after.getTime()
  return new Date(
    step === null
      ? findNextNamed(due, clock, moment)
      : findNextPassing(due, step * HOUR, clock, moment),
  )
}

/**
 * How many hours lie between two hours of an expression over every hour; null for one that names
 * its hours.
 */
function parseHourStep(cron: string): number | null {
  const [, hours = ''] = cron.trim().split(/\s+/)
  const steps = [...hours.matchAll(/\*(?:\/(\d+))?/g)].map(([, step]) => Number(step ?? 1))
  return steps.length > 0 ? Math.max(...steps) : null
}

/**
 * The next of the named times that the clock has not yet shown or passed over. A time shown again
 * is an old one.
 */
function findNextNamed(due: Due, clock: Clock, after: number): number {
  const { at, before } = findChange(after - WINDOW, after, clock)
  const latestShown = Math.max(clock(after), at + before - 1)
  return findFirstShown(due(latestShown), clock)
}

/** The first moment at which the clock shows a time, or has jumped over it. */
function findFirstShown(wall: number, clock: Clock): number {
  const { at, before, since } = findChange(wall - WINDOW, wall + WINDOW, clock)
  return wall - before < at ? wall - before : Math.max(at, wall - since)
}

/**
 * Goes on a day at a time at first, so that every change on the way is seen, then to the day before
 * the next time: four calls at most.
 */
function findNextPassing(due: Due, step: number, clock: Clock, after: number): number {
  const next = findNextAroundChange(due, step, clock, after)
  if (next - after <= WINDOW) return next
  return findNextPassing(due, step, clock, Math.max(after + WINDOW, due(clock(after)) - WINDOW))
}

/**
 * The next moment of an expression over every hour; certain only if it is within a day, for it
 * looks no further than that for changes.
 */
function findNextAroundChange(due: Due, step: number, clock: Clock, after: number): number {
  const { at, before, since } = findChange(after - WINDOW, after + WINDOW, clock)
  const untouched = after < at ? due(after + before) - before : at
  if (untouched < at) return untouched
  const shownAfter = (moment: number) => due(moment + since) - since
  const missed = due(at - 1 + before)
  const inStride = since > before || due(missed - step - 1) < missed
  const kept = missed - before
  return kept > after && kept < shownAfter(at - 1) && inStride
    ? kept
    : shownAfter(Math.max(after, at - 1))
}

/**
 * The change of a clock between two moments; where there is none, one at the end that changes
 * nothing.
 */
function findChange(from: number, to: number, clock: Clock): Change {
  const before = clock(from) - from
  const since = clock(to) - to
  if (before === since) return { at: to, before, since }
  let [old, at] = [from, to]
  while (at - old > 1) {
    const middle = Math.floor((old + at) / 2)
    if (clock(middle) - middle === before) old = middle
    else at = middle
  }
  return { at, before, since }
}

function createDue(cron: string, timeZone: string): Due {
  const series = new Cron(cron, { mode: '5-part', utcOffset: 0 })
  return (wall) => {
    const next = series.nextRun(new Date(wall))
    if (!next)
      throw new Error(`the schedule ${JSON.stringify(cron)} (${timeZone}) never occurs again`)
    return next.getTime()
  }
}

function createClock(timeZone: string, cron: string): Clock {
  const format = createDateFormat(timeZone, cron)
  return (moment) => {
    const shown = new Map(
      format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    )
    const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? NaN
    const second = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    )
    return second + (moment - Math.floor(moment / 1000) * 1000)
  }
}

function createDateFormat(timeZone: string, cron: string): Intl.DateTimeFormat {
  const numeric = 'numeric'
  const date = { year: numeric, month: numeric, day: numeric } as const
  const time = { hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, ...date, ...time })
  } catch (cause) {
    const advice = 'Use an IANA name such as America/New_York.'
    throw new Error(
      `the schedule ${JSON.stringify(cron)} has the unknown time zone ` +
        `${JSON.stringify(timeZone)}. ${advice}`,
      {
        cause,
      },
    )
  }
}
