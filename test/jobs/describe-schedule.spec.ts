import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { describeSchedule } from '../../jobs/schedule/describe-schedule.ts'
import { findCronProblem } from '../../src/domain/cron.ts'

const ZONE = 'America/Los_Angeles'

/** A part of a cron expression: a star, or numbers, names, ranges and steps. */
function cronPart(min: number, max: number, names: string[] = []) {
  const number = fc.integer({ min, max }).map(String)
  const one = names.length > 0 ? fc.oneof(number, fc.constantFrom(...names)) : number
  const range = fc.tuple(one, one).map((ends) => ends.join('-'))
  const pace = fc.integer({ min: 1, max })
  const step = fc.tuple(range, pace).map((written) => written.join('/'))
  const list = fc
    .array(fc.oneof(one, range, step), { minLength: 1, maxLength: 3 })
    .map((items) => items.join(','))
  return fc.oneof(
    fc.constant('*'),
    pace.map((each) => `*/${each}`),
    list,
  )
}

describe('the words of a schedule', () => {
  it.each([
    ['55 1 * * *', 'every day at 1:55 AM'],
    ['0 0,12 * * *', 'every day at 12:00 AM and 12:00 PM'],
    ['0 1,2,3 * * *', 'every day at 1:00 AM, 2:00 AM and 3:00 AM'],
    ['  30  6 */1 * * ', 'every day at 6:30 AM'],
    ['0 3 * * 0', 'every Sunday at 3:00 AM'],
    ['0 3 * * 7', 'every Sunday at 3:00 AM'],
    ['0 3 * * SUN', 'every Sunday at 3:00 AM'],
    ['30 6 * * 1-5', 'Monday through Friday at 6:30 AM'],
    ['30 6 * * mon-fri', 'Monday through Friday at 6:30 AM'],
    ['0 9 * * 1,3,5', 'every Monday, Wednesday, and Friday at 9:00 AM'],
    ['0 8-18 * * *', 'every hour, between 8:00 AM and 6:00 PM, every day'],
    ['0 8-18 * * 1-5', 'every hour, between 8:00 AM and 6:00 PM, Monday through Friday'],
    ['*/15 8-18 * * *', 'every 15 minutes, between 8:00 AM and 6:59 PM, every day'],
    [
      '0 */7 * * *',
      'on the hour, every 7 hours, at 12:00 AM, 7:00 AM, 2:00 PM, and 9:00 PM, every day',
    ],
    ['0 4 1 * *', 'at 4:00 AM, on day 1 of the month'],
    ['0 4 1,15 * *', 'at 4:00 AM, on day 1 and 15 of the month'],
    ['0 0 1-7 * *', 'at 12:00 AM, between day 1 and 7 of the month'],
    ['0 0 */2 * *', 'at 12:00 AM, every 2 days in a month'],
    ['0 0 1 * 1', 'at 12:00 AM, on day 1 of the month, and on Monday'],
    ['0 4 24 DEC *', 'at 4:00 AM, on day 24 of the month, only in December'],
    ['0 3 * jan mon', 'at 3:00 AM, every Monday, only in January'],
  ])('are, for "%s", "%s", and whose time it is', (cron, words) => {
    expect(describeSchedule(cron, ZONE)).toBe(`${words} (Los Angeles time)`)
  })

  it.each([
    ['* * * * *', 'every minute'],
    ['*/15 * * * *', 'every 15 minutes'],
    ['0 * * * *', 'every hour'],
    ['1 * * * *', 'every hour at 1 minute past the hour'],
    ['15,45 * * * *', 'every hour at 15 and 45 minutes past the hour'],
    ['0 */6 * * *', 'on the hour, every 6 hours'],
    ['30 */6 * * *', 'every 6 hours at 30 minutes past the hour'],
    ['*/10 * * * 1-5', 'every 10 minutes, Monday through Friday'],
  ])('are, for "%s" of every hour, "%s"', (cron, words) => {
    expect(describeSchedule(cron, ZONE)).toBe(`${words} (Los Angeles time)`)
  })

  it.each([
    ['every night', 'what is no schedule'],
    ['0 0 30 2 *', 'what never comes'],
    ['0 3,* * * *', 'a star in a list'],
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

  it('name the very times of a daily schedule', () => {
    const hours = fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(hours, fc.nat(59), (hour, minute) => {
        const words = describeSchedule(`${minute} ${hour.join(',')} * * *`, 'UTC')
        const times = words.match(/\d+:\d\d [AP]M/g) ?? []
        expect(times.map((time) => new Date(`2026-11-23 ${time} UTC`).toISOString())).toEqual(
          hour
            .toSorted((one, other) => one - other)
            .map((each) => new Date(Date.UTC(2026, 10, 23, each, minute)).toISOString()),
        )
      }),
    )
  })

  it('are found for whatever a setting accepts', () => {
    const parts = fc.tuple(
      cronPart(0, 59),
      cronPart(0, 23),
      cronPart(1, 31),
      cronPart(1, 12, ['jan', 'DEC']),
      cronPart(0, 7, ['sun', 'FRI']),
    )
    const cron = parts
      .map((written) => written.join(' '))
      .filter((expression) => findCronProblem(expression) === null)
    fc.assert(
      fc.property(cron, (expression) => {
        expect(describeSchedule(expression, 'UTC')).not.toMatch(
          /undefined|NaN|null|^on the schedule/,
        )
      }),
    )
  })
})
