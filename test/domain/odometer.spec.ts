import { describe, expect, it } from '@jest/globals'
import {
  type Reading,
  computeMilesPerDay,
  findCurrentReading,
  findReadingConflict,
  spanDay,
  spanInstant,
} from '../../src/garage/domain/odometer.ts'

const fuel = (at: string, miles: number): Reading => ({
  source: 'fuel',
  id: `${at} ${miles}`,
  miles,
  ...spanInstant(new Date(at.length === 10 ? `${at}T12:00:00Z` : at)),
})

const service = (day: string, miles: number): Reading => ({
  source: 'maintenance',
  id: `${day} ${miles}`,
  miles,
  ...spanDay(day),
})

describe('the current reading', () => {
  it.each<[string, Reading[], number | null]>([
    ['of no readings is none', [], null],
    ['is the latest', [fuel('2026-03-01', 100), fuel('2026-03-02', 200)], 200],
    ['is the latest in any order', [fuel('2026-03-02', 200), fuel('2026-03-01', 100)], 200],
    ['of a replaced odometer is lower', [fuel('2026-03-01', 90_000), fuel('2026-04-01', 12)], 12],
    ['at one moment is the higher', [fuel('2026-03-01', 200), fuel('2026-03-01', 100)], 200],
    [
      'of one day is the higher',
      [fuel('2026-03-01', 50_000.4), service('2026-03-01', 50_010)],
      50_010,
    ],
    [
      'of one day is that of the pump',
      [service('2026-03-01', 50_010), fuel('2026-03-01', 50_050)],
      50_050,
    ],
    [
      'is that of a later service',
      [fuel('2026-03-01', 50_000), service('2026-03-09', 50_300)],
      50_300,
    ],
  ])('%s', (_, readings, miles) => expect(findCurrentReading(readings)?.miles ?? null).toBe(miles))
})

describe('a reading', () => {
  const MARCH = fuel('2026-03-01', 31_000)
  const APRIL = service('2026-04-01', 31_500)

  it.each<[string, Reading, Reading[]]>([
    ['without others', fuel('2026-03-01', 320_000), []],
    ['between its neighbors', fuel('2026-03-10', 31_200), [MARCH, APRIL]],
    ['equal to an earlier one', fuel('2026-03-10', 31_000), [MARCH]],
    ['equal to a later one', fuel('2026-02-10', 31_000), [MARCH]],
    ['within a mile of a rounded one', fuel('2026-05-01', 31_499.2), [MARCH, APRIL]],
    ['a year and 90,000 miles later', fuel('2027-03-01', 121_000), [MARCH]],
    ['5,300 miles and a day later', fuel('2026-03-02', 36_300), [MARCH]],
    ['at the moment of a higher one', fuel('2026-03-01', 30_700), [MARCH]],
    ['on the day of a lower service', fuel('2026-04-01T08:00:00Z', 31_490), [MARCH, APRIL]],
    ['years before a late first log', fuel('2020-03-01', 2_000), [MARCH]],
    [
      'after a confirmed fall',
      fuel('2026-05-03', 150),
      [fuel('2026-05-01', 90_000), fuel('2026-05-02', 12)],
    ],
  ])('%s fits', (_, reading, others) => expect(findReadingConflict(reading, others)).toBeNull())

  it.each<[string, Reading, Reading[], (Reading | null)[]]>([
    ['without others that no vehicle has', fuel('2026-03-01', 1_547_540), [], [null, null]],
    ['below the earlier one', fuel('2026-03-10', 30_900), [MARCH, APRIL], [MARCH, APRIL]],
    ['above the later one', fuel('2026-03-10', 31_600), [MARCH, APRIL], [MARCH, APRIL]],
    ['below the last one', fuel('2026-05-01', 31_400), [MARCH, APRIL], [APRIL, null]],
    ['above the first one', fuel('2026-02-01', 31_100), [MARCH, APRIL], [null, MARCH]],
    ['with an extra digit', fuel('2026-03-10', 311_000), [MARCH], [MARCH, null]],
    ['with a digit missing before', fuel('2026-02-28', 3_100), [MARCH], [null, MARCH]],
    [
      'of 301,464 for 154,754',
      fuel('2026-03-20', 301_464),
      [fuel('2026-03-10', 154_400)],
      [fuel('2026-03-10', 154_400), null],
    ],
    ['5,301 miles a day later', fuel('2026-03-02', 36_301), [MARCH], [MARCH, null]],
    ['far from one of its moment', fuel('2026-03-01', 310_000), [MARCH], [MARCH, null]],
  ])('%s conflicts with its neighbors', (_, reading, others, [before, after]) =>
    expect(findReadingConflict(reading, others)).toEqual({ before, after }),
  )
})

describe('a day of a reading', () => {
  it('contains every moment of that day in any time zone', () => {
    const { from, to } = spanDay('2026-03-01')
    expect(new Date(from).toISOString()).toBe('2026-02-28T10:00:00.000Z')
    expect(new Date(to).toISOString()).toBe('2026-03-02T11:59:59.999Z')
  })
})

describe('the miles per day', () => {
  it.each<[string, Reading[], number | null]>([
    ['are unknown without readings', [], null],
    ['are unknown from one reading', [fuel('2026-03-01', 100)], null],
    ['are unknown within a week', [fuel('2026-03-01', 100), fuel('2026-03-07', 400)], null],
    ['are the distance by the days', [fuel('2026-03-01', 100), fuel('2026-03-11', 400)], 30],
    [
      'leave out what is more than a year ago',
      [fuel('2024-03-01', 0), fuel('2026-03-01', 30_000), fuel('2026-03-11', 30_400)],
      40,
    ],
    [
      'leave out the future',
      [fuel('2026-03-01', 100), fuel('2026-03-11', 400), fuel('2027-03-11', 9_000)],
      30,
    ],
    [
      'leave out the fall of a replaced odometer',
      [
        fuel('2026-03-01', 90_000),
        fuel('2026-03-05', 90_200),
        fuel('2026-03-06', 0),
        fuel('2026-03-11', 100),
      ],
      30,
    ],
    [
      'do not count twice what a fill and a service of one day show in another order',
      [
        fuel('2026-03-01', 100),
        { ...fuel('2026-03-06', 350), ...spanDay('2026-03-06') },
        fuel('2026-03-06', 390),
        fuel('2026-03-11', 400),
      ],
      30,
    ],
  ])('%s', (_, readings, miles) => expect(computeMilesPerDay(readings, '2026-04-01')).toBe(miles))
})
