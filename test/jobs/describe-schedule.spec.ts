import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { getNextTick } from '../../jobs/schedule/next-tick.ts'
import { formatRelativeTime, describeSchedule } from '../../jobs/schedule/describe-schedule.ts'

const ZONE = 'America/Los_Angeles'
const NOW = new Date('2026-11-23T12:00:00Z')

describe('the words of a schedule', () => {
  it.each([
    ['55 1 * * *', 'every day at 1:55 AM'],
    ['0 0,12 * * *', 'every day at 12:00 AM and 12:00 PM'],
    ['0,30 8 * * *', 'every day at 8:00 AM and 8:30 AM'],
    ['0 */7 * * *', 'every day at 12:00 AM, 7:00 AM, 2:00 PM, and 9:00 PM'],
    ['0 8-18 * * *', 'every day, every hour from 8:00 AM to 6:00 PM'],
    ['30 6 * * 0-6', 'every day at 6:30 AM'],
    ['  30  6 */1 * * ', 'every day at 6:30 AM'],
    ['0 3 * * 0', 'every Sunday at 3:00 AM'],
    ['0 3 * * 7', 'every Sunday at 3:00 AM'],
    ['0 3 * * SUN', 'every Sunday at 3:00 AM'],
    ['30 6 * * 1-5', 'Monday to Friday at 6:30 AM'],
    ['30 6 * * mon-fri', 'Monday to Friday at 6:30 AM'],
    ['0 9 * * 0,6', 'every Saturday and Sunday at 9:00 AM'],
    ['0 9 * * 5,6,0', 'Friday to Sunday at 9:00 AM'],
    ['0 9 * * 1,3,5', 'every Monday, Wednesday, and Friday at 9:00 AM'],
    ['0 */12 * * 1', 'every Monday at 12:00 AM and 12:00 PM'],
    ['15 8-18 * * 1-5', 'Monday to Friday, every hour from 8:15 AM to 6:15 PM'],
    ['0 0 */3 * *', 'every third day, starting on the 1st of each month at 12:00 AM'],
    ['0 0 */2 * *', 'every second day, starting on the 1st of each month at 12:00 AM'],
    ['0 4 1 * *', 'on the 1st of every month at 4:00 AM'],
    ['0 4 1,15 * *', 'on the 1st and 15th of every month at 4:00 AM'],
    ['0 4 2,3,22 * *', 'on the 2nd, 3rd, and 22nd of every month at 4:00 AM'],
    ['0 4 1 1 *', 'every year on January 1 at 4:00 AM'],
    ['0 4 24 DEC *', 'every year on December 24 at 4:00 AM'],
  ])('are, for "%s", "%s", and whose time it is', (cron, words) => {
    expect(describeSchedule(cron, ZONE)).toBe(`${words} (Los Angeles time)`)
  })

  it.each([
    ['* * * * *', 'every minute'],
    ['*/15 * * * *', 'every 15 minutes'],
    ['0,30 * * * *', 'every 30 minutes'],
    ['0 * * * *', 'every hour'],
    ['1 * * * *', 'every hour at 1 minute past the hour'],
    ['20 */1 * * *', 'every hour at 20 minutes past the hour'],
    ['0 */6 * * *', 'every 6 hours'],
    ['30 */6 * * *', 'every 6 hours starting at 12:30 AM'],
  ])('are, for "%s" of every hour, "%s"', (cron, words) => {
    expect(describeSchedule(cron, ZONE)).toBe(`${words} (Los Angeles time)`)
  })

  it.each([
    ['0 0 1 */2 *', 'what is of some months only'],
    ['0 0 * 6 *', 'what is of one month only'],
    ['0 0 1 * 1', 'a day of the month or of the week'],
    ['*/7 * * * *', 'a pace that no hour is a multiple of'],
    ['15,45 * * * *', 'a pace that begins within the hour'],
    ['*/15 8-18 * * *', 'more times than a sentence holds'],
    ['0 0 1-7 * *', 'more days than a sentence holds'],
    ['every night', 'what is no schedule'],
    ['0 0 30 2 *', 'what never comes'],
  ])('are the schedule itself for "%s": %s', (cron) => {
    expect(describeSchedule(cron, ZONE)).toBe(`on the schedule ${cron} (Los Angeles time)`)
  })

  it.each([
    ['America/Argentina/Buenos_Aires', 'Buenos Aires time'],
    ['Europe/Berlin', 'Berlin time'],
    ['UTC', 'UTC'],
    ['Etc/UTC', 'UTC'],
  ])('call the time of %s "%s"', (zone, words) => {
    expect(describeSchedule('0 3 * * *', zone)).toBe(`every day at 3:00 AM (${words})`)
  })

  it('name the very times at which a daily schedule is due', () => {
    const hours = fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(hours, fc.nat(59), (hour, minute) => {
        const cron = `${minute} ${hour.join(',')} * * *`
        const result = describeSchedule(cron, 'UTC').match(/\d+:\d\d [AP]M/g) ?? []
        const first = getNextTick(cron, 'UTC', new Date('2026-11-22T23:59:59Z'))
        const due = result
          .reduce((found) => [...found, getNextTick(cron, 'UTC', found.at(-1) ?? first)], [first])
          .slice(0, result.length)
        expect(result).toHaveLength(hour.length)
        expect(due.map((tick) => tick.getTime())).toEqual(
          result.map((time) => Date.parse(`2026-11-23 ${time} UTC`)),
        )
      }),
    )
  })
})

describe('how far a moment is from now', () => {
  const SECOND = 1000
  const MINUTE = 60 * SECOND
  const HOUR = 60 * MINUTE
  const DAY = 24 * HOUR

  it.each([
    [0, 'just now'],
    [29 * SECOND, 'in less than a minute'],
    [-29 * SECOND, 'just now'],
    [31 * SECOND, 'in 1 minute'],
    [-5 * MINUTE, '5 minutes ago'],
    [59 * MINUTE, 'in 59 minutes'],
    [59 * MINUTE + 40 * SECOND, 'in 1 hour'],
    [3 * HOUR, 'in 3 hours'],
    [-(23 * HOUR + 40 * MINUTE), '1 day ago'],
    [36 * HOUR, 'in 2 days'],
    [-29 * DAY, '29 days ago'],
    [30 * DAY, 'in 1 month'],
    [-200 * DAY, '7 months ago'],
    [364 * DAY, 'in 1 year'],
    [-3 * 365 * DAY, '3 years ago'],
  ])('is, %d milliseconds off, "%s"', (off, words) => {
    expect(formatRelativeTime(new Date(NOW.getTime() + off), NOW)).toBe(words)
  })

  it('never says that something is 0 of anything away', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9e12, max: 9e12 }), (off) => {
        expect(formatRelativeTime(new Date(NOW.getTime() + off), NOW)).toMatch(
          /^(just now|in less than a minute|in [1-9]\d* \w+|[1-9]\d* \w+ ago)$/,
        )
      }),
    )
  })
})
