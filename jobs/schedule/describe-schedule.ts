import { toString as describeCron } from 'cronstrue'
import { findCronProblem } from '../../src/domain/cron.ts'

/** Matches times of day before simple days: `At 3:00 AM, every Sunday`. */
const TIMES_BEFORE_DAYS = /^At (\d+:.*? [AP]M), (?!\d|and \d)((?!.*(?:month|only)).+)$/

/** Matches minutes before simple hours: `At 15 minutes past the hour, every hour, every day`. */
const MINUTES_BEFORE_HOURS = /^At (.* past the hour), (every (?:\d+ )?hours?), every day$/

/** Matches a star in a list, `0,*`, which the library cannot describe. */
const STAR_IN_LIST = /,\*|\*\S*,/

/**
 * Describes a schedule for the panel: `every Sunday at 3:00 AM (Los Angeles time)`. An invalid
 * schedule is shown unchanged, as `on the schedule 0 0 31 2 * (Berlin time)`; so is one with a star
 * in a list.
 */
export function describeSchedule(cron: string, timeZone: string): string {
  const isDescribable = findCronProblem(cron) === null && !STAR_IN_LIST.test(cron)
  const description = isDescribable ? describeTicks(cron) : `on the schedule ${cron.trim()}`
  return `${description} (${describeZone(timeZone)})`
}

/**
 * Describes a valid expression. The library says `At 3:00 AM, only on Sunday` and repeats `every
 * hour, every day` where it adds nothing.
 */
function describeTicks(cron: string): string {
  return describeCron(cron, { verbose: true, trimHoursLeadingZero: true })
    .replace(MINUTES_BEFORE_HOURS, '$2 at $1')
    .replace(', every hour', '')
    .replace(/^([^:]*), every day$/, '$1')
    .replace(', only on ', ', every ')
    .replace(TIMES_BEFORE_DAYS, '$2 at $1')
    .replace(/^(?:At|Every|On)\b/, (word) => word.toLowerCase())
}

/**
 * Describes a time zone: `America/Los_Angeles` is `Los Angeles time`; a zone without a place, such
 * as `UTC`, is returned as it is.
 */
function describeZone(timeZone: string): string {
  const name = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
  return timeZone.includes('/') && !timeZone.startsWith('Etc/') ? `${name} time` : name
}
