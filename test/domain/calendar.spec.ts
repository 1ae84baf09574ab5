import { describe, expect, it } from '@jest/globals'
import { getDayInZone, isCalendarDay, isTimeZone } from '../../src/domain/calendar.ts'

describe('a calendar day', () => {
  it.each(['2026-03-31', '2024-02-29', '1900-01-01', '2999-12-31'])('%s is one', (day) =>
    expect(isCalendarDay(day)).toBe(true),
  )

  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-3-1',
    '2026-03-31T00:00:00Z',
    '1899-12-31',
    '3000-01-01',
    '',
    20260331,
    null,
  ])('%j is none', (day) => expect(isCalendarDay(day)).toBe(false))
})

describe('a time zone', () => {
  it.each(['America/New_York', 'Europe/Berlin', 'UTC'])('%s is one', (zone) =>
    expect(isTimeZone(zone)).toBe(true),
  )

  it.each(['EST5', '+02:00', 'america/new_york', 'Mars/Olympus', '', 5, null])(
    '%j is none',
    (zone) => expect(isTimeZone(zone)).toBe(false),
  )
})

describe('the day in a time zone', () => {
  it.each([
    ['2026-03-01T07:59:59Z', 'America/Los_Angeles', '2026-02-28'],
    ['2026-03-01T08:00:00Z', 'America/Los_Angeles', '2026-03-01'],
    ['2026-03-31T23:00:00Z', 'Europe/Berlin', '2026-04-01'],
    ['2026-03-31T23:00:00Z', 'UTC', '2026-03-31'],
  ])('at %s in %s is %s', (instant, zone, day) => {
    expect(getDayInZone(new Date(instant), zone)).toBe(day)
  })
})
