import { describe, expect, it } from '@jest/globals'
import { createLocalClock } from '../../src/garage/imports/domain/local-time.ts'

describe('a local time', () => {
  it.each([
    ['America/New_York', '2026-01-15T08:00', '2026-01-15T13:00:00.000Z'],
    ['America/New_York', '2026-07-15T08:00', '2026-07-15T12:00:00.000Z'],
    ['America/New_York', '2026-03-08T01:59', '2026-03-08T06:59:00.000Z'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00:00.000Z'],
    ['Asia/Kathmandu', '2026-05-01T00:10', '2026-04-30T18:25:00.000Z'],
    ['Pacific/Kiritimati', '2026-05-01T00:00', '2026-04-30T10:00:00.000Z'],
    ['UTC', '1969-12-31T23:59', '1969-12-31T23:59:00.000Z'],
  ])('in %s of %s is %s', (timeZone, local, instant) =>
    expect(createLocalClock(timeZone)(Date.parse(`${local}:00Z`)).toISOString()).toBe(instant),
  )
})
