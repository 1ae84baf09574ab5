import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatSuggestions, suggestVins } from '../../src/domain/vin-suggest.ts'
import { hasKnownMaker } from '../../src/domain/vin-makers.ts'
import { hasRightCheckDigit, withCheckDigit } from '../../src/domain/vin.ts'

const honda = '1HGCM82633A004352'
const anyVin = fc
  .array(fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'), { minLength: 17, maxLength: 17 })
  .map((characters) => characters.join(''))

describe('suggestVins', () => {
  it.each([
    ['8 read as B', '1HGCMB2633A004352'],
    ['2 read as Z', '1HGCM8Z633A004352'],
    ['6 read as G', '1HGCM82G33A004352'],
    ['4 read as A', '1HGCM82633A00A352'],
    ['5 read as S', '1HGCM82633A0043S2'],
    ['0 read as D', '1HGCM82633AD04352'],
  ])('mends a look-alike: %s', (_, slip) => {
    expect(suggestVins(slip, hasRightCheckDigit)).toContain(honda)
  })

  it('puts look-alikes before the check digit', () => {
    expect(suggestVins('1HGCMB2633A004352', hasRightCheckDigit)[0]).toBe(honda)
  })

  it.each(['1FTFW1E50MFA00003', '1HGCV1F30LA000001', '5YJ3E1EA4MF900317', '1C6RR7FG2JS123457'])(
    'leads to no maker that nobody knows: %s',
    (vin) => {
      expect(suggestVins(vin, hasRightCheckDigit).filter((other) => !hasKnownMaker(other))).toEqual(
        [],
      )
    },
  )

  it('puts a known maker first where the code that was typed is unknown', () => {
    expect(hasKnownMaker('7FTFW1E50MFA00003')).toBe(false)
    for (const typed of [
      'XFTFW1EF7BFB11754',
      '1XTFW1EF7BFB11754',
      '1FXFW1EF7BFB11754',
      '7FTFW1EF7BFB11754',
      '1YGCM82633A004352',
    ]) {
      const [first = ''] = suggestVins(typed, hasRightCheckDigit)
      expect([typed, hasKnownMaker(typed), hasKnownMaker(first)]).toEqual([typed, false, true])
    }
    expect(suggestVins('XFTFW1EF7BFB11754', hasRightCheckDigit)[0]).toBe('1FTFW1EF7BFB11754')
  })

  it('mends two swapped digits of the serial number', () => {
    expect(suggestVins('1HGCM82633A004532', hasRightCheckDigit)).toContain(honda)
  })

  it("offers no swap in the maker's pattern, where it would be a chance hit", () => {
    expect(hasRightCheckDigit('1HGCM86243A004352')).toBe(true)
    expect(suggestVins('1HGCM82643A004352', hasRightCheckDigit)).toEqual([honda])
  })

  it('offers nothing with a letter among the last four positions or with U, Z or 0 for the year', () => {
    fc.assert(
      fc.property(anyVin, (vin) => {
        const strange = suggestVins(vin, hasRightCheckDigit).filter(
          (other) => !/^.{9}[^UZ0].{3}\d{4}$/.test(other),
        )
        for (const other of strange) expect(other).toBe(withCheckDigit(vin))
      }),
    )
  })

  it(
    'offers three at most, no two alike, the check digit last, each one character or one swap ' +
      'away',
    () => {
      fc.assert(
        fc.property(anyVin, (vin) => {
          fc.pre(!hasRightCheckDigit(vin))
          const suggestions = suggestVins(vin, hasRightCheckDigit)
          if (suggestions.some(hasKnownMaker))
            expect(hasKnownMaker(suggestions[0] ?? '')).toBe(true)
          expect(suggestions.length).toBeLessThanOrEqual(3)
          expect(new Set(suggestions).size).toBe(suggestions.length)
          expect(suggestions.at(-1)).toBe(withCheckDigit(vin))
          for (const other of suggestions) {
            const changed = [...other].filter((character, index) => character !== vin.charAt(index))
            expect(
              changed.length === 1 ||
                (changed.length === 2 && [...other].sort().join() === [...vin].sort().join()),
            ).toBe(true)
          }
        }),
      )
    },
  )

  it('keeps to three where everything passes', () => {
    expect(suggestVins(honda, () => true)).toHaveLength(3)
  })

  it('offers nothing where nothing passes', () => {
    expect(suggestVins(honda, () => false)).toEqual([])
  })
})

describe('hasKnownMaker', () => {
  it.each([
    '1HG',
    '1FT',
    '1FM',
    '1C6',
    '1GC',
    '1N4',
    '2G1',
    '2T3',
    '3FA',
    '4S4',
    '4T1',
    '5UX',
    '5XX',
    '5YJ',
    '7PD',
    '7SA',
    'JTH',
    'JTJ',
    'KND',
    'WAU',
    'WBA',
    'WVW',
    'WDC',
    'KM8',
    'JM3',
    'JHM',
    'SAL',
    'SCF',
    'YV1',
    'ZFF',
    'LRW',
    'XP7',
    'VF1',
    'VF7',
    'TMB',
    'SJN',
    '9BW',
    '6FP',
  ])('knows %s', (code) => {
    expect(hasKnownMaker(`${code}CM82633A004352`)).toBe(true)
  })

  it.each(['7FT', 'QQQ', '000', 'IHG', ''])('does not know %s', (code) => {
    expect(hasKnownMaker(code)).toBe(false)
  })
})

describe('asQuestion', () => {
  it('asks about one character, or also about a swap where one is offered', () => {
    expect(formatSuggestions('1HGCM82643A004352', [honda])).toBe(
      `One wrong character? ${honda} is valid.`,
    )
    expect(formatSuggestions('1HGCM82633A004532', [honda, '1HGCM82693A004532'])).toBe(
      `One wrong character, or two swapped? ${honda} or 1HGCM82693A004532 is valid.`,
    )
  })

  it('is empty without suggestions', () => {
    expect(formatSuggestions(honda, [])).toBe('')
  })
})
