import { Cron } from 'croner'
import { findCronProblem } from '../../src/domain/cron.ts'

/**
 * Converts a moment to the wall-clock time of a zone, both in milliseconds. The wall-clock time is
 * encoded as if it were in UTC.
 */
type Clock = (moment: number) => number

/** Returns the next wall-clock time of an expression after the given one. */
type Due = (wall: number) => number

/**
 * A clock change: before `at`, the wall-clock time is the moment plus `before`; from `at` on, it is
 * the moment plus `since`.
 */
type Change = {
  at: number
  before: number
  since: number
}

const HOUR = 3_600_000

/**
 * A period that is longer than the difference between any two time zones. No clock changes twice
 * within two of these periods.
 */
const WINDOW = 26 * HOUR

/**
 * Returns the first moment after `after` at which a five-part cron expression is due in an IANA
 * time zone.
 *
 * An expression with specific hours (`55 1 * * *`, `0 8-18/2 * * 1-5`) is due once for each of its
 * times. A time that occurs twice when clocks go back in fall is due the first time. A time that
 * clocks skip in spring is due when they jump; several skipped times are due together then.
 *
 * An expression for every hour (a star in its hours, `0 * * * *`) follows elapsed time: it is due
 * in both of the two equal hours. If a clock change would make the wait longer than on other
 * nights, it is also due when it would have been due without the change: in Berlin, every sixth
 * hour is due in the fall night at 00:00, 05:00 (six hours later) and 06:00.
 *
 * Croner only evaluates the expression without a zone. With a zone, it skips the second of two
 * equal hours, repeats times from the middle of them, and moves 02:30 of a spring night to 03:30.
 * @throws an Error with the expression and zone if the expression is invalid or never due, or if
 *   the zone is unknown.
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
 * Returns the number of hours between two times of an expression for every hour; null for an
 * expression with specific hours.
 */
function parseHourStep(cron: string): number | null {
  const [, hours = ''] = cron.trim().split(/\s+/)
  const steps = [...hours.matchAll(/\*(?:\/(\d+))?/g)].map(([, step]) => Number(step ?? 1))
  return steps.length > 0 ? Math.max(...steps) : null
}

/**
 * Returns the next listed time that the clock has neither shown nor skipped. A repeated time does
 * not count again.
 */
function findNextNamed(due: Due, clock: Clock, after: number): number {
  const { at, before } = findChange(after - WINDOW, after, clock)
  const latestShown = Math.max(clock(after), at + before - 1)
  return findFirstShown(due(latestShown), clock)
}

/** Returns the first moment at which the clock shows a time or has skipped it. */
function findFirstShown(wall: number, clock: Clock): number {
  const { at, before, since } = findChange(wall - WINDOW, wall + WINDOW, clock)
  return wall - before < at ? wall - before : Math.max(at, wall - since)
}

/**
 * Searches day by day at first, so that it sees every clock change, and then jumps to the day
 * before the next time. Takes at most four calls.
 */
function findNextPassing(due: Due, step: number, clock: Clock, after: number): number {
  const next = findNextAroundChange(due, step, clock, after)
  if (next - after <= WINDOW) return next
  return findNextPassing(due, step, clock, Math.max(after + WINDOW, due(clock(after)) - WINDOW))
}

/**
 * Returns the next moment of an expression for every hour. The result is only reliable within a
 * day, because later clock changes are not considered.
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
 * Finds the change of a clock between two moments. If there is none, returns a change at the end
 * that has no effect.
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
      throw new Error(`the schedule ${JSON.stringify(cron)} (${timeZone}) will never occur again`)
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
