import { describe, expect, it } from '@jest/globals'
import {
  addDays,
  addMonths,
  countDays,
  getDayInZone,
  limitDay,
} from '../../src/garage/domain/days.ts'

/** Every day of a leap year and the year after it. */
const EVERY_ANCHOR = Array.from({ length: 731 }, (_, index) => addDays('2024-01-01', index))

describe('months added to a day', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2100-01-31', 1, '2100-02-28'],
    ['1999-12-31', 2, '2000-02-29'],
  ])('to %s are: %i months later is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later)
  })

  it('keep the date of every anchor, or end at the last day of the month', () => {
    for (const anchor of EVERY_ANCHOR)
      for (let months = 0; months <= 60; months++) {
        const later = addMonths(anchor, months)
        const [from, to] = [anchor, later].map((day) => {
          const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
          return { index: year * 12 + month, date }
        })
        expect((to?.index ?? 0) - (from?.index ?? 0)).toBe(months)
        const isLast = addDays(later, 1).endsWith('-01')
        expect(to?.date === from?.date || (isLast && (to?.date ?? 0) < (from?.date ?? 0))).toBe(
          true,
        )
      }
  })

  it('never end before those of an earlier anchor', () => {
    for (const anchor of EVERY_ANCHOR)
      for (const months of [1, 3, 6, 12, 24])
        expect(addMonths(addDays(anchor, 1), months) >= addMonths(anchor, months)).toBe(true)
  })
})

describe('days', () => {
  it('are counted across months, leap days and changes of the clocks', () => {
    expect(countDays('2026-02-28', '2026-03-01')).toBe(1)
    expect(countDays('2024-02-28', '2024-03-01')).toBe(2)
    expect(countDays('2026-03-07', '2026-03-09')).toBe(2)
    expect(countDays('2026-10-24', '2026-10-26')).toBe(2)
    expect(countDays('2026-03-01', '2026-02-28')).toBe(-1)
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })

  it('after the year 2999 are none', () => {
    expect(limitDay('2999-12-31')).toBe('2999-12-31')
    expect(limitDay(addMonths('2999-12-31', 1))).toBeNull()
  })
})

describe('the day of an owner', () => {
  it.each([
    ['2026-03-02T01:00:00Z', 'America/New_York', '2026-03-01'], // 20:00 there
    ['2026-03-01T06:00:00Z', 'America/New_York', '2026-03-01'], // 01:00 there
    ['2026-03-01T20:00:00Z', 'Europe/London', '2026-03-01'],
    ['2026-07-01T00:00:00Z', 'Europe/London', '2026-07-01'], // 01:00 there
    ['2026-03-01T07:00:00Z', 'Pacific/Auckland', '2026-03-01'], // 20:00 there
    ['2026-03-01T12:00:00Z', 'Pacific/Auckland', '2026-03-02'], // 01:00 there
    ['2026-03-01T10:30:00Z', 'Pacific/Kiritimati', '2026-03-02'],
    ['2026-03-01T11:30:00Z', 'Pacific/Pago_Pago', '2026-03-01'],
    ['2026-12-31T23:30:00Z', 'UTC', '2026-12-31'],
    ['2024-02-29T23:59:59Z', 'Asia/Kolkata', '2024-03-01'],
  ])('at %s in %s is %s, whatever the zone of the process', (instant, zone, day) => {
    expect(getDayInZone(new Date(instant), zone)).toBe(day)
  })
})
