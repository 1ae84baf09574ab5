import { describe, expect, it } from '@jest/globals'
import { parseDay, parseInstant, parseNumber, parseBoolean } from '../../src/domain/input-values.ts'

const problemOf = (read: object) => ('problem' in read ? read.problem : undefined)

describe('a number', () => {
  it.each([
    [28900, 28900],
    ['28900', 28900],
    ['-11.2', -11.2],
    ['007', 7],
    ['99999999.99', 99999999.99],
  ])('%j is read as %d', (written, value) => expect(parseNumber(written)).toEqual({ value }))

  it.each([
    '28,900',
    '28 900',
    '62k',
    '11,2',
    '4-door',
    '2021abc',
    '1e5',
    '0x10',
    '.5',
    '5.',
    '+5',
    ' 5',
    '5\n',
    '',
    '٣',
    '１２',
    'NaN',
    'Infinity',
  ])('refuses %j instead of shortening it', (written) =>
    expect(problemOf(parseNumber(written))).toContain(JSON.stringify(written)),
  )

  it.each([NaN, Infinity, true, null, undefined, [1], {}])('refuses %p', (written) => {
    expect(problemOf(parseNumber(written))).toBeDefined()
  })

  it('refuses more digits than a double keeps', () => {
    for (const written of [
      '9007199254740993',
      9007199254740992,
      '0.1234567890123456789',
      '1234567890123456789',
    ])
      expect(problemOf(parseNumber(written))).toContain('more digits than can be stored')
    expect(parseNumber('9007199254740991')).toEqual({ value: 9007199254740991 })
    expect(parseNumber('0000000000000000000012')).toEqual({ value: 12 })
    expect([parseNumber(0.1 + 0.2), parseNumber(1e-7)]).toEqual([
      { value: 0.1 + 0.2 },
      { value: 1e-7 },
    ])
  })
})

describe('an instant', () => {
  it.each([
    ['2026-03-31T12:00:00Z', '2026-03-31T12:00:00.000Z'],
    ['2026-03-31T12:00:00+02:00', '2026-03-31T10:00:00.000Z'],
    ['2026-03-31T12:00:00.123456-05:30', '2026-03-31T17:30:00.123Z'],
  ])('%s is read', (written, value) =>
    expect(parseInstant(written)).toEqual({ value: new Date(value) }),
  )

  it.each([
    '2026-03-31',
    '2026-03-31T12:00:00',
    '2026-03-31T12:00Z',
    '11/06/2026',
    '2026-02-30T12:00:00Z',
    '2026-03-31T24:00:00Z',
    '2026-03-31T12:00:60Z',
    '2026-03-31 12:00:00Z',
    '+012026-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-03-31T12:00:00 02:00',
    'March 31, 2026',
    '',
    1_700_000_000_000,
    null,
    new Date(NaN),
    new Date('+012026-01-01T00:00:00Z'),
  ])('refuses %p', (written) =>
    expect(problemOf(parseInstant(written))).toContain('must be a date and time'),
  )
})

describe('a day and a yes or no', () => {
  it('are read or refused', () => {
    expect(parseDay('2026-03-31')).toEqual({ value: '2026-03-31' })
    for (const written of ['2026-02-30', '2026-3-1', '2026-03-31T00:00:00Z', 20260331, null])
      expect(problemOf(parseDay(written))).toContain('must be a date')
    expect([parseBoolean('true'), parseBoolean(false)]).toEqual([{ value: true }, { value: false }])
    for (const written of ['1', 'True', 'yes', 1, 0, '', null])
      expect(problemOf(parseBoolean(written))).toContain('true or false')
  })
})
