import { describe, expect, it } from '@jest/globals'
import {
  listedInstantParser,
  modelYearParser,
  vehicleNumberParser,
} from '../../src/imports/jekyll/car-values.ts'
import type { FieldContext } from '../../src/imports/jekyll/values.ts'

const at = (key: string, modelYear?: number): FieldContext => ({
  key,
  now: new Date('2026-11-21T12:00:00Z'),
  currency: 'USD',
  ...(modelYear === undefined ? {} : { modelYear }),
})

describe('the model year', () => {
  it('goes from 1900 to the next one', () => {
    expect(modelYearParser()('1900', at('year'))).toEqual({ value: 1900 })
    expect(modelYearParser()('2027', at('year'))).toEqual({ value: 2027 })
    expect(modelYearParser()('1899', at('year'))).toEqual({
      problem: 'year "1899" is not between 1900 and 2027.',
    })
    expect(modelYearParser()('2028', at('year'))).toEqual({
      problem: 'year "2028" is not between 1900 and 2027.',
    })
  })
})

describe('the number of a car', () => {
  it('is normalised', () => {
    expect(vehicleNumberParser()(' 1hgcm82633a004352-', at('vin', 2003))).toEqual({
      value: '1HGCM82633A004352',
      notes: [],
    })
  })

  it('is refused by name with the digit that its check digit should be', () => {
    const parsed = vehicleNumberParser()('1HGCM82643A004352', at('vin', 2003))
    expect(parsed).toHaveProperty(
      'problem',
      expect.stringContaining('VIN 1HGCM82643A004352 has check digit 4, expected 3.'),
    )
  })

  it('carries a warning of its parser along as a note', () => {
    const parsed = vehicleNumberParser()('WVWZZZ3CZEE140287', at('vin', 2014))
    expect(parsed).toEqual({
      value: 'WVWZZZ3CZEE140287',
      notes: [expect.stringContaining('Z at position 9')],
    })
  })

  it('is noted when it says another model year than the file', () => {
    expect(vehicleNumberParser()('1HGCM82633A004352', at('vin', 2004))).toEqual({
      value: '1HGCM82633A004352',
      notes: [
        'VIN 1HGCM82633A004352 indicates model year 2003, but the file has 2004: both are ' +
          'saved unchanged.',
      ],
    })
  })

  it('is a chassis number before 1981, noted where it looks like a VIN that would not pass', () => {
    expect(vehicleNumberParser()('4113107', at('vin', 1965))).toEqual({
      value: '4113107',
      notes: [expect.stringContaining('chassis number 4113107 is saved unchecked')],
    })
    expect(vehicleNumberParser()('4S4B1H213AA222222', at('vin', 1980))).toEqual({
      value: '4S4B1H213AA222222',
      notes: [
        'VIN 4S4B1H213AA222222 is saved unchecked as the chassis number of a 1980 car: it ' +
          'would not be valid as a VIN.',
      ],
    })
    expect(vehicleNumberParser()('4113107', at('vin'))).toHaveProperty('problem')
  })
})

describe('the day a car was listed', () => {
  it.each([
    ['2025-11-10', '2025-11-10T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2025-11-10 09:30:15 -0500', '2025-11-10T14:30:15.000Z'],
    ['2025-11-10T09:30Z', '2025-11-10T09:30:00.000Z'],
    ['2025-11-10T09:30:00.123+05:30', '2025-11-10T04:00:00.123Z'],
  ])('reads %s as %s', (written, value) => {
    expect(listedInstantParser()(written, at('date_added'))).toEqual({ value })
  })

  it.each([
    '2025-02-30',
    '2025-13-01',
    '11/10/2025',
    '2025-11-10 09:30',
    'yesterday',
    '0000-01-01',
    '2025-11-10T25:00Z',
  ])('refuses %s', (written) => {
    expect(listedInstantParser()(written, at('date_added'))).toEqual({
      problem:
        `date_added "${written}" is not a date like 2025-11-10 or a time with a zone like ` +
        '2025-11-10 09:30:00 -0500.',
    })
  })
})
