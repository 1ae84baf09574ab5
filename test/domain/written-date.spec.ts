import { describe, expect, it } from '@jest/globals'
import { createLocalClock } from '../../src/garage/imports/domain/local-time.ts'
import {
  type DateOrder,
  detectDateOrder,
  parseWrittenDay,
  parseWrittenInstant,
} from '../../src/garage/imports/domain/written-date.ts'

const NEW_YORK = createLocalClock('America/New_York')
const reading = (order: DateOrder) => ({ order, clock: NEW_YORK })

describe('the order of dates', () => {
  it.each([
    [['2026-03-01', '2026/3/1'], 'ymd'],
    [['01.02.2026', '13.02.2026'], 'dmy'],
    [['1/2/2026', '1/13/26 8:00 AM'], 'mdy'],
    [['01/02/2026', '03/04/2026'], 'unknown'],
    [['13/02/2026', '02/13/2026'], 'unknown'],
    [['01.01.2026', '02-02-2026'], 'dmy'],
    [[], 'ymd'],
  ])('%j is %s', (texts, order) => expect(detectDateOrder(texts)).toBe(order))
})

describe('a day in a file', () => {
  it.each<[string, DateOrder, string]>([
    ['2026-03-01', 'mdy', '2026-03-01'],
    ['2026-03-01 12:30', 'ymd', '2026-03-01'],
    ['1.3.2026', 'dmy', '2026-03-01'],
    ['3/1/26', 'mdy', '2026-03-01'],
    ['3/1/70', 'mdy', '1970-03-01'],
  ])('%j as %s is %s', (text, order, value) =>
    expect(parseWrittenDay(text, reading(order))).toEqual({ value }),
  )

  it.each<[string, DateOrder]>([
    ['31/02/2026', 'dmy'],
    ['13/02/2026', 'mdy'],
    ['3/1/2026', 'ymd'],
    ['yesterday', 'dmy'],
  ])('%j as %s is refused', (text, order) =>
    expect(parseWrittenDay(text, reading(order))).toMatchObject({
      problem: expect.stringContaining('must be a date such as'),
    }),
  )
})

describe('a time in a file', () => {
  it.each<[string, string | undefined, string]>([
    ['2026-03-01 18:05', undefined, '2026-03-01T23:05:00.000Z'],
    ['2026-07-01', undefined, '2026-07-01T16:00:00.000Z'],
    ['2026-03-01', '8:00 PM', '2026-03-02T01:00:00.000Z'],
    ['2026-03-01', '12:15 am', '2026-03-01T05:15:00.000Z'],
    ['2026-03-01T10:00:00.500Z', undefined, '2026-03-01T10:00:00.500Z'],
  ])('%j and %j is in the time zone', (date, time, value) =>
    expect(parseWrittenInstant(date, time, reading('ymd'))).toEqual({ value: new Date(value) }),
  )

  it.each([
    ['2026-03-01 25:00', undefined],
    ['2026-03-01', '13:00 PM'],
    ['2026-03-01', 'noon'],
    ['2026-02-30', '10:00'],
    ['2999-12-31', '23:59'],
  ])('%j and %j is refused', (date, time) =>
    expect(parseWrittenInstant(date, time, reading('ymd'))).toMatchObject({
      problem: expect.stringContaining('must'),
    }),
  )
})
