import { describe, expect, it } from '@jest/globals'
import { parseChassisNumber, parseVin } from '../../src/domain/vin.ts'
import type { VinOptions, VinProblem } from '../../src/domain/vin.ts'

function problemOf(raw: string, options?: VinOptions): VinProblem {
  const result = parseVin(raw, options)
  if ('vin' in result) throw new Error(`${JSON.stringify(raw)} was accepted as ${result.vin}`)
  return result.problem
}

/** The warning of a number that nobody could check. */
const unchecked = (text: string) => ({
  code: 'vin_unchecked',
  message: expect.stringContaining(text),
})

describe('a car of a model year before 1981', () => {
  it.each(['113 044-10-000123', 'db5 1234', '8T02R123456', 'QIO12'])(
    'may carry the chassis number %s, with a warning',
    (raw) => {
      const vin = raw.replace(/[ -]/g, '').toUpperCase()
      expect(parseVin(raw, { modelYear: 1980 })).toEqual({
        vin,
        warnings: [unchecked(`chassis number ${vin} is saved unchecked`)],
      })
      expect(parseChassisNumber(raw)).toEqual(parseVin(raw, { modelYear: 1980 }))
    },
  )

  it.each([
    ['1HGCM82643A004352', 'vin_check_digit'],
    ['4S4B1H213AA222222', 'vin_check_digit'],
    ['1HGCM8263OA004352', 'vin_forbidden_letter'],
    ['WBAKV210600V39117', 'vin_check_digit'],
  ])(
    'has the 17 characters of %s checked as a VIN, and keeps them unchecked only when they ' +
      'are confirmed',
    (vin, code) => {
      expect(problemOf(vin, { modelYear: 1980 })).toMatchObject({
        code,
        confirmable: true,
        message: expect.stringContaining('confirm it'),
      })
      expect(parseVin(vin, { modelYear: 1980, confirmed: true })).toEqual({
        vin,
        warnings: [unchecked(`VIN ${vin} is saved unchecked as the chassis number of a 1980 car`)],
      })
    },
  )

  it('may carry a VIN, and never 17 times one character', () => {
    expect(parseVin('1HGCM82633A004352', { modelYear: 1970 })).toEqual({
      vin: '1HGCM82633A004352',
      warnings: [],
    })
    expect(problemOf('1'.repeat(17), { modelYear: 1970, confirmed: true })).toMatchObject({
      code: 'vin_repeated',
      confirmable: false,
    })
  })

  it('keeps to 17 characters from 1981 on', () => {
    expect(problemOf('8T02R123456', { modelYear: 1981 }).code).toBe('vin_length')
  })

  it.each([
    [
      '1234',
      'vin_length',
      'chassis number 1234 has 4 characters; it must have 5 to 17 characters.',
    ],
    [
      '123456789012345678',
      'vin_length',
      'chassis number 123456789012345678 has 18 characters; it must have 5 to 17 characters.',
    ],
    [
      'DB5/1234',
      'vin_character',
      'chassis number DB5/1234 has "/" at position 4: retype it with the letters A-Z and the ' +
        'digits 0-9.',
    ],
  ])('may not carry %s', (raw, code, message) => {
    expect(problemOf(raw, { modelYear: 1965 })).toMatchObject({ code, message, confirmable: false })
  })

  it('may carry one character repeated only when that is confirmed', () => {
    expect(problemOf('00000', { modelYear: 1965 })).toMatchObject({
      code: 'vin_repeated',
      confirmable: true,
    })
    expect(parseVin('11111', { modelYear: 1965, confirmed: true })).toMatchObject({
      vin: '11111',
      warnings: [{ code: 'vin_repeated_confirmed' }],
    })
  })
})

describe("a car of Japan's home market", () => {
  it.each([
    'BNR32-012345',
    'GJ7-123456',
    'AZE0-123456',
    'SE3P116167',
    'TRH200-1234567',
    'sc59-1000123',
    'ＪＺＸ１００－０１２３４５６',
  ])('may carry the chassis number %s when that is confirmed, with a warning', (raw) => {
    expect(problemOf(raw, { modelYear: 1990 })).toMatchObject({
      code: 'vin_length',
      confirmable: true,
    })
    expect(problemOf(raw).message).toContain('confirm it')
    const read = parseVin(raw, { confirmed: true, modelYear: 1990 })
    expect(read).toEqual({
      vin: expect.stringMatching(/^[A-Z0-9]{9,13}$/),
      warnings: [unchecked('is saved unchecked')],
    })
    expect(parseVin(raw, { confirmed: true })).toEqual(read)
  })

  it.each(['1HGCM82633A00435', 'NG668790', 'A004352', '012345678', 'BNR32', 'BNR32-0123A5'])(
    'does not make %s a number that can be confirmed: it is part of a VIN, or no chassis number',
    (raw) => {
      expect(problemOf(raw, { confirmed: true, modelYear: 1990 })).toMatchObject({
        code: 'vin_length',
        confirmable: false,
      })
    },
  )
})
