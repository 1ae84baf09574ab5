import { describe, expect, it } from '@jest/globals'
import { findModelYearCandidates } from '../../src/domain/vin-year.ts'
import { compareTyped, compareYear, readTyped } from '../../src/vin/domain/compare-typed.ts'
import { buildMatch, merge } from '../support/vin-facts.ts'

const decoding = merge({
  offline: {
    status: 'decoded',
    matches: [
      buildMatch(2003, {
        model: 'F-150',
        drivetrain: '4WD',
        engine: '3.5L V6 Turbo',
        transmission: '10-Speed Automatic',
        doors: 4,
      }),
    ],
  },
})

describe('what was entered', () => {
  it.each([
    ['model', 'f150'],
    ['model', 'F-150 XLT'],
    ['drivetrain', 'AWD'],
    ['engine', '3.5L EcoBoost V6'],
    ['engine', 'V6'],
    ['transmission', 'Automatic'],
    ['doors', '4'],
    ['trim', 'Lariat'],
    ['make', ''],
  ])('agrees with the VIN: %s %s', (field, value) => {
    expect(compareTyped(decoding, { [field]: value })).toEqual([])
  })

  it.each([
    ['make', 'Toyota', 'Honda'],
    ['model', 'F-250', 'F-150'],
    ['drivetrain', 'RWD', '4WD'],
    ['engine', '5.0L V8', '3.5L V6 Turbo'],
    ['doors', 2, 4],
  ])('contradicts it: %s %s', (field, typed, decoded) => {
    expect(compareTyped(decoding, { [field]: typed })).toMatchObject([{ field, typed, decoded }])
  })

  it('is named together with what the VIN stands for', () => {
    expect(compareTyped(decoding, { make: 'Toyota' })[0]?.message).toBe(
      'VIN 1HGCM82633A004352 stands for make Honda, but the make entered is Toyota.',
    )
  })
})

it('compares a year with both years that the VIN can stand for', () => {
  const compare = (vin: string, year: number) =>
    compareYear(vin, year, findModelYearCandidates(vin, { latest: 2027 }))
  expect(compare('1FTFW5L88TFA10526', 1996)).toBeNull()
  expect(compare('1FTFW5L88TFA10526', 2026)).toBeNull()
  expect(compare('WVWZZZ3CZEE140287', 2001)).toBeNull()
  expect(compare('1FTFW5L88TFA10526', 2001)?.message).toBe(
    'VIN 1FTFW5L88TFA10526 stands for model year 2026 or 1996, but the year entered is 2001.',
  )
})

it('reads blank texts and other values as not entered', () => {
  expect([' ', null, undefined, {}].map(readTyped)).toEqual([null, null, null, null])
  expect(readTyped(' EX ')).toBe('EX')
})
