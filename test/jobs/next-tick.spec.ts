import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { getNextTick } from '../../jobs/schedule/next-tick.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const [LOS_ANGELES, BERLIN, LORD_HOWE] = [
  'America/Los_Angeles',
  'Europe/Berlin',
  'Australia/Lord_Howe',
] as const
const [HAVANA, SANTIAGO, CAIRO] = ['America/Havana', 'America/Santiago', 'Africa/Cairo'] as const

/**
 * Every change of these clocks in two years; that of Lord Howe is half an hour, those of Havana,
 * Santiago and Cairo touch midnight.
 */
const CHANGES: Record<string, string[]> = {
  [LOS_ANGELES]: [
    '2026-03-08T10:00Z',
    '2026-11-01T09:00Z',
    '2027-03-14T10:00Z',
    '2027-11-07T09:00Z',
  ],
  [BERLIN]: ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2027-03-28T01:00Z', '2027-10-31T01:00Z'],
  [LORD_HOWE]: ['2026-04-04T15:00Z', '2026-10-03T15:30Z', '2027-04-03T15:00Z', '2027-10-02T15:30Z'],
  [HAVANA]: ['2026-03-08T05:00Z', '2026-11-01T05:00Z', '2027-03-14T05:00Z', '2027-11-07T05:00Z'],
  [SANTIAGO]: ['2026-04-05T03:00Z', '2026-09-06T04:00Z', '2027-04-04T03:00Z', '2027-09-05T04:00Z'],
  [CAIRO]: ['2026-04-23T22:00Z', '2026-10-29T21:00Z', '2027-04-29T22:00Z', '2027-10-28T21:00Z'],
}
const NIGHTS = Object.entries(CHANGES).flatMap(([zone, changes]) =>
  changes.map((at) => [zone, at] as const),
)
const TIMES = '00:00 00:30 01:00 01:30 01:55 02:00 02:15 02:59 03:00 12:00 23:00 23:30'.split(' ')
const ZONES = [
  ...Object.keys(CHANGES),
  'UTC',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Antarctica/Troll',
]

/**
 * What a person reads from the clock of a zone, `2026-11-01 01:55`: by the calendar of the machine,
 * not by the library under test.
 */
function clockOf(zone: string): (moment: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return (moment) => format.format(moment)
}

function ticks(
  cron: string,
  zone: string,
  from: string | number,
  until: string | number,
): number[] {
  const found: number[] = []
  const end = new Date(until).getTime()
  for (
    let next = getNextTick(cron, zone, new Date(from));
    next.getTime() < end;
    next = getNextTick(cron, zone, next)
  ) {
    const [moment, latest = -Infinity] = [next.getTime(), found.at(-1)]
    if (moment <= latest)
      throw new Error(`${cron} in ${zone} goes back from ${latest} to ${moment}`)
    found.push(moment)
  }
  return found
}

const daily = (hour: number, minute: number) => `${minute} ${hour} * * *`
const gaps = (moments: number[]) =>
  moments.slice(1).map((moment, index) => moment - (moments[index] ?? NaN))
const iso = (moment: number) => new Date(moment).toISOString().slice(0, 16)

describe('the next tick of a schedule that names its hours', () => {
  it.each([
    [
      'an ordinary night',
      '0 3 * * *',
      BERLIN,
      '2026-06-01T12:00Z',
      '2026-06-02T01:00',
      '2026-06-03T01:00',
    ],
    [
      '01:55, shown twice',
      '55 1 * * *',
      LOS_ANGELES,
      '2026-10-31T12:00Z',
      '2026-11-01T08:55',
      '2026-11-02T09:55',
    ],
    [
      '02:30, shown twice',
      '30 2 * * *',
      BERLIN,
      '2026-10-24T12:00Z',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ],
    [
      '01:45, shown twice',
      '45 1 * * *',
      LORD_HOWE,
      '2026-04-04T00:00Z',
      '2026-04-04T14:45',
      '2026-04-05T15:15',
    ],
    [
      'midnight, shown twice',
      '0 0 * * *',
      HAVANA,
      '2026-10-31T12:00Z',
      '2026-11-01T04:00',
      '2026-11-02T05:00',
    ],
    [
      '23:30, shown twice',
      '30 23 * * *',
      SANTIAGO,
      '2026-04-04T12:00Z',
      '2026-04-05T02:30',
      '2026-04-06T03:30',
    ],
    [
      'midnight after 23:00 twice',
      '0 0 * * *',
      CAIRO,
      '2026-10-29T12:00Z',
      '2026-10-29T22:00',
      '2026-10-30T22:00',
    ],
    [
      '02:00, left out',
      '0 2 * * *',
      LOS_ANGELES,
      '2027-03-13T12:00Z',
      '2027-03-14T10:00',
      '2027-03-15T09:00',
    ],
    [
      '02:30, left out',
      '30 2 * * *',
      BERLIN,
      '2027-03-27T12:00Z',
      '2027-03-28T01:00',
      '2027-03-29T00:30',
    ],
    [
      '02:15, left out',
      '15 2 * * *',
      LORD_HOWE,
      '2026-10-03T00:00Z',
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ],
    [
      'midnight, left out',
      '0 0 * * *',
      HAVANA,
      '2026-03-07T12:00Z',
      '2026-03-08T05:00',
      '2026-03-09T04:00',
    ],
    ['a Sunday', '0 3 * * 0', BERLIN, '2026-10-20T12:00Z', '2026-10-25T02:00', '2026-11-01T02:00'],
    [
      'every third day',
      '0 0 */3 * *',
      'UTC',
      '2026-01-27T12:00Z',
      '2026-01-28T00:00',
      '2026-01-31T00:00',
    ],
    [
      'two times in one jump',
      '0 2,3 * * *',
      LOS_ANGELES,
      '2027-03-14T08:00Z',
      '2027-03-14T10:00',
      '2027-03-15T09:00',
    ],
    [
      'four times in one jump',
      '*/15 2 * * *',
      BERLIN,
      '2027-03-27T12:00Z',
      '2027-03-28T01:00',
      '2027-03-29T00:00',
    ],
    [
      'the 29th of February',
      '0 0 29 2 *',
      'UTC',
      '2026-01-01T00:00Z',
      '2028-02-29T00:00',
      '2032-02-29T00:00',
    ],
  ])('is right for %s: %s in %s', (_, cron, zone, after, first, second) => {
    const one = getNextTick(cron, zone, new Date(after))
    expect([one, getNextTick(cron, zone, one)].map((tick) => iso(tick.getTime()))).toEqual([
      first,
      second,
    ])
  })

  it(
    'is not the second 01:55 when it is asked between the two, in either of the equal hours, to ' +
      'the millisecond',
    () => {
      const after = [
        '08:55:00.000',
        '08:59:59.999',
        '09:00:00.000',
        '09:54:59.999',
        '09:55:00.000',
        '09:55:00.001',
        '10:00:00.000',
      ]
      const requested = after.map((time) =>
        getNextTick('55 1 * * *', LOS_ANGELES, new Date(`2026-11-01T${time}Z`)),
      )
      expect(requested.map((tick) => tick.toISOString())).toEqual(
        after.map(() => '2026-11-02T09:55:00.000Z'),
      )
      expect(getNextTick('55 1 * * *', LOS_ANGELES, new Date('2026-11-01T08:54:59.999Z'))).toEqual(
        new Date('2026-11-01T08:55Z'),
      )
    },
  )

  it.each(NIGHTS)(
    'comes once on every date of the week around a change in %s at %s, by the minute',
    (zone, change) => {
      const clock = clockOf(zone)
      const start = new Date(change).getTime() - 3.5 * DAY
      const minutes = Array.from(
        { length: (7 * DAY) / MINUTE },
        (_, index) => start + index * MINUTE,
      )
      const read = minutes.map(clock)
      const dates = [...new Set(read.map((shown) => shown.slice(0, 10)))].slice(1, -1)
      for (const time of TIMES) {
        const [hour = 0, minute = 0] = time.split(':').map(Number)
        const run: string[] = []
        let next = getNextTick(daily(hour, minute), zone, new Date(start)).getTime()
        minutes.forEach((now, index) => {
          if (now < next) return
          run.push(read[index] ?? '')
          next = getNextTick(daily(hour, minute), zone, new Date(now)).getTime()
        })
        const within = run.filter((shown) => dates.includes(shown.slice(0, 10)))
        expect(within.map((shown) => shown.slice(0, 10))).toEqual(dates)
        const unlike = within.filter((shown) => !shown.endsWith(time))
        expect(unlike.map((shown) => read.includes(`${shown.slice(0, 10)} ${time}`))).toEqual(
          unlike.map(() => false),
        )
        expect(unlike.length).toBeLessThanOrEqual(1)
      }
    },
  )

  it('comes once on every date of two years, at any time of the day, in any zone, from any moment', () => {
    const anyMoment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
    const anyTime = fc.tuple(fc.oneof(fc.constantFrom(0, 1, 2, 23), fc.nat(23)), fc.nat(59))
    fc.assert(
      fc.property(anyTime, fc.constantFrom(...ZONES), anyMoment, ([hour, minute], zone, start) => {
        const clock = clockOf(zone)
        const dates = ticks(daily(hour, minute), zone, start, start + 730 * DAY).map((tick) =>
          clock(tick).slice(0, 10),
        )
        const [first = ''] = dates
        const every = dates.map((_, index) => iso(Date.parse(first) + index * DAY).slice(0, 10))
        expect(dates).toEqual(every)
        expect(Math.abs(dates.length - 730)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 25 },
    )
  })
})

describe('the next tick of a schedule over every hour', () => {
  it('comes every 15 minutes, in both of two equal hours and over one that is left out', () => {
    for (const [zone, change] of NIGHTS) {
      const around = new Date(change).getTime()
      for (const cron of ['*/15 * * * *', '7,22,37,52 * * * *', '*/5 */1 * * *']) {
        const pace = cron.startsWith('*/5') ? 5 : 15
        expect(new Set(gaps(ticks(cron, zone, around - 5 * HOUR, around + 5 * HOUR)))).toEqual(
          new Set([pace * MINUTE]),
        )
      }
    }
  })

  it('never waits longer than its step, and skips no time that the clock shows', () => {
    for (const [zone, change] of NIGHTS) {
      const around = new Date(change).getTime()
      const [from, until] = [around - 2 * DAY, around + 2 * DAY]
      const moments = Array.from(
        { length: (4 * DAY) / MINUTE - 1 },
        (_, index) => from + (index + 1) * MINUTE,
      )
      const read = moments.map(clockOf(zone))
      for (const [hours, minute] of [[1, 0] as const, [2, 30] as const, [6, 0] as const]) {
        const found = ticks(`${minute} */${hours} * * *`, zone, from, until)
        expect(Math.max(...gaps(found))).toBeLessThanOrEqual(hours * HOUR)
        const names = (shown = '') =>
          Number(shown.slice(14)) === minute && Number(shown.slice(11, 13)) % hours === 0
        const shown = moments.filter((_, index) => names(read[index]))
        expect(shown.filter((moment) => !found.includes(moment))).toEqual([])
        expect(found.length - shown.length).toBeLessThanOrEqual(1)
      }
    }
  })

  it(
    'is due when it would have been, and again when the clock shows it, where the clock went ' +
      'back in between',
    () => {
      const found = ticks('0 */6 * * *', BERLIN, '2026-10-24T20:00Z', '2026-10-25T12:00Z')
      expect(found.map(clockOf(BERLIN))).toEqual(
        ['00:00', '05:00', '06:00', '12:00'].map((time) => `2026-10-25 ${time}`),
      )
      const mondays = ticks('0 */6 * * 1', BERLIN, '2026-10-24T20:00Z', '2026-10-26T02:00Z')
      expect(mondays.map(clockOf(BERLIN))).toEqual(['2026-10-26 00:00'])
    },
  )
})

describe('the next tick', () => {
  const CRONS = (
    '55 1 * * *|0 2,3 * * *|*/20 0-3 * * *|30 23 * * 6|*/15 * * * *|0 */2 * * *|0 */6 * * 0|0 ' +
    '* 1 * *'
  ).split('|')

  it('is the same from any moment before it, and always later than that', () => {
    const around = fc.integer({ min: -4 * HOUR, max: 4 * HOUR })
    fc.assert(
      fc.property(
        fc.constantFrom(...CRONS),
        fc.constantFrom(...NIGHTS),
        around,
        (cron, [zone, change], off) => {
          const after = new Date(change).getTime() + off
          const found = ticks(cron, zone, after - DAY, after + 3 * DAY)
          const next = getNextTick(cron, zone, new Date(after)).getTime()
          expect(next).toBeGreaterThan(after)
          expect(next).toBe(found.find((tick) => tick > after) ?? next)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('does not depend on the zone of the process', async () => {
    const file = new URL('../../jobs/schedule/next-tick.ts', import.meta.url).href
    const ask = `getNextTick('30 2 * * *', '${BERLIN}', new Date('2027-03-27T12:00Z')).toISOString()`
    const code = `import { getNextTick } from '${file}'; process.stdout.write(${ask})`
    for (const TZ of [LOS_ANGELES, LORD_HOWE]) {
      const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
        env: { TZ, NODE_ENV: 'test' },
      })
      expect((await run).stdout).toBe('2027-03-28T01:00:00.000Z')
    }
  })

  it.each(['0 0 30 2 *', '@daily', '0 0 L * *', '60 0 * * *', ''])(
    'throws for "%s" with the expression and the zone',
    (cron) => {
      const ask = () => getNextTick(cron, BERLIN, new Date('2026-01-01'))
      expect(ask).toThrow(`the schedule "${cron}" (Europe/Berlin) `)
    },
  )

  it('throws for a zone that nobody knows, with both of them and a way out', () => {
    const ask = () => getNextTick('0 3 * * *', 'Mars/Olympus', new Date('2026-01-01'))
    expect(ask).toThrow(
      'the schedule "0 3 * * *" has the unknown time zone "Mars/Olympus". Use an IANA name',
    )
  })
})
