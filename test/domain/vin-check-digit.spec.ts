import { describe, expect, it } from '@jest/globals'
import {
  expectedCheckDigit,
  hasFillerCharacter,
  hasRightCheckDigit,
  isChinese,
  isNorthAmerican,
  isWrittenAsVin,
  withCheckDigit,
} from '../../src/domain/vin-check-digit.ts'

describe('expectedCheckDigit', () => {
  it('does not depend on what position 9 holds', () => {
    expect(expectedCheckDigit('WVWZZZ3CZEE140287')).toBe(expectedCheckDigit('WVWZZZ3C0EE140287'))
  })

  it.each(['', '1HGCM82633A00435', '1hgcm82633a004352', '1HGCM8263OA004352'])(
    'throws on "%s", which is no VIN',
    (text) => {
      expect(() => expectedCheckDigit(text)).toThrow(RangeError)
      expect(() => withCheckDigit(text)).toThrow(`"${text}" is not a VIN`)
    },
  )
})

describe('withCheckDigit', () => {
  it('replaces position 9 alone', () => {
    expect(withCheckDigit('1HGCM82643A004352')).toBe('1HGCM82633A004352')
    expect(withCheckDigit('1M8GDM9A1KP042788')).toBe('1M8GDM9AXKP042788')
  })
})

describe('where a VIN is from', () => {
  it('shows in its first character, and decides whether position 9 may hold a filler', () => {
    expect(['1HGCM82633A004352', '2HG', '7FA', 'WVW'].map(isNorthAmerican)).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(['LVGBM53E5GG123456', 'WVW'].map(isChinese)).toEqual([true, false])
    expect(
      ['WVWZZZ3CZEE140287', 'WVWZZZ3C0EE140287', '1HGCM826Z3A004352'].map(hasFillerCharacter),
    ).toEqual([true, false, false])
    expect([isWrittenAsVin('1HGCM82633A00435O'), hasRightCheckDigit('1HGCM82633A004352')]).toEqual([
      false,
      true,
    ])
  })
})
