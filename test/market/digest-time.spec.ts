import { describe, expect, it } from '@jest/globals'
import { computePeriod, isDigestDue } from '../../plugins/market/domain/digest-time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** Checks every hour from an instant on, for some days. Wall-clock times are `2027-03-14 07:05`. */
function walk(timeZone: string, sendHour: number, from: string, days: number) {
  const sent: string[] = []
  const seen = new Set<string>()
  const styles = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const
  const clock = new Intl.DateTimeFormat('sv-SE', styles)
  let checkedAt: string | null = null
  const start = Date.parse(from)
  for (let moment = start; moment < start + days * DAY_MS; moment += HOUR_MS) {
    const now = new Date(moment)
    seen.add(clock.format(now).slice(0, 10))
    if (!isDigestDue({ sendHour, timeZone, checkedAt }, now)) continue
    checkedAt = now.toISOString()
    sent.push(clock.format(now))
  }
  return { sent, days: [...seen] }
}

describe('a digest', () => {
  it('is due once a day from its hour on, in the time zone of its manager', () => {
    expect(walk('America/New_York', 7, '2027-03-01T05:05:00.000Z', 3).sent).toEqual([
      '2027-03-01 07:05',
      '2027-03-02 07:05',
      '2027-03-03 07:05',
    ])
    expect(walk('Asia/Tokyo', 7, '2027-02-28T15:05:00.000Z', 2).sent).toEqual([
      '2027-03-01 07:05',
      '2027-03-02 07:05',
    ])
  })

  it('comes late if nothing checked at its hour, and never before it', () => {
    const due = (checkedAt: string | null, now: string) =>
      isDigestDue({ sendHour: 7, timeZone: 'UTC', checkedAt }, new Date(now))
    expect(due(null, '2027-03-01T06:59:59.999Z')).toBe(false)
    expect(due(null, '2027-03-01T15:00:00.000Z')).toBe(true)
    expect(due('2027-02-27T07:05:00.000Z', '2027-03-01T03:00:00.000Z')).toBe(false)
    expect(due('2027-02-27T07:05:00.000Z', '2027-03-01T23:55:00.000Z')).toBe(true)
  })

  it('is not due again on the same day if its hour is changed', () => {
    const checkedAt = '2027-03-01T07:05:00.000Z'
    const due = (now: string) =>
      isDigestDue({ sendHour: 15, timeZone: 'UTC', checkedAt }, new Date(now))
    expect([due('2027-03-01T15:05:00.000Z'), due('2027-03-02T07:05:00.000Z')]).toEqual([
      false,
      false,
    ])
    expect(due('2027-03-02T15:05:00.000Z')).toBe(true)
  })

  it('is due when clocks skip its hour', () => {
    expect(walk('America/Los_Angeles', 2, '2027-03-13T08:05:00.000Z', 3).sent).toEqual([
      '2027-03-13 02:05',
      '2027-03-14 03:05',
      '2027-03-15 02:05',
    ])
  })

  it('is due the first time if its hour occurs twice', () => {
    const { sent } = walk('America/Los_Angeles', 1, '2026-10-31T07:05:00.000Z', 3)
    expect(sent).toEqual(['2026-10-31 01:05', '2026-11-01 01:05', '2026-11-02 01:05'])
  })

  it.each([
    ['America/Los_Angeles', '2027-03-12T08:05:00.000Z'],
    ['America/Los_Angeles', '2026-10-30T07:05:00.000Z'],
    ['Europe/Berlin', '2027-03-26T23:05:00.000Z'],
    ['Europe/Berlin', '2026-10-23T22:05:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-02T13:35:00.000Z'],
    ['Australia/Lord_Howe', '2027-04-02T13:05:00.000Z'],
    ['America/Havana', '2027-03-12T05:05:00.000Z'],
    ['America/Havana', '2026-10-30T04:05:00.000Z'],
    ['Asia/Beirut', '2027-03-26T22:05:00.000Z'],
    ['Asia/Beirut', '2026-10-23T21:05:00.000Z'],
    ['America/Scoresbysund', '2027-03-26T02:05:00.000Z'],
    ['America/Scoresbysund', '2026-10-23T01:05:00.000Z'],
  ])('is due exactly once on each day around a clock change in %s', (timeZone, from) => {
    for (const sendHour of [0, 1, 2, 3, 22, 23]) {
      const { days, sent } = walk(timeZone, sendHour, from, 4)
      const whole = days.slice(0, -1)
      expect([sendHour, sent.map((wall) => wall.slice(0, 10)).slice(0, whole.length)]).toEqual([
        sendHour,
        whole,
      ])
      expect(sent.length).toBeLessThanOrEqual(days.length)
    }
  })
})

describe('the period of a digest', () => {
  const now = new Date('2027-03-10T07:05:00.000Z')

  it('starts where the last one ended, five minutes before that was checked', () => {
    expect(computePeriod('2027-03-09T07:05:00.000Z', now)).toEqual({
      since: '2027-03-09T07:00:00.000Z',
      until: '2027-03-10T07:00:00.000Z',
    })
  })

  it('is a day for the first one, and a week at most', () => {
    expect(computePeriod(null, now).since).toBe('2027-03-09T07:00:00.000Z')
    expect(computePeriod('2026-12-24T07:05:00.000Z', now).since).toBe('2027-03-03T07:00:00.000Z')
  })
})
