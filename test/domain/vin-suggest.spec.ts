import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { asQuestion, suggestVins } from '../../src/domain/vin-suggest.ts'
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
        const strange = suggestVins(vin, hasRightCheckDigit).filter((other) => !/^.{9}[^UZ0].{3}\d{4}$/.test(other))
        for (const other of strange) expect(other).toBe(withCheckDigit(vin))
      }),
    )
  })

  it('offers three at most, no two alike, the check digit last, each one character or one swap away', () => {
    fc.assert(
      fc.property(anyVin, (vin) => {
        fc.pre(!hasRightCheckDigit(vin))
        const suggestions = suggestVins(vin, hasRightCheckDigit)
        expect(suggestions.length).toBeLessThanOrEqual(3)
        expect(new Set(suggestions).size).toBe(suggestions.length)
        expect(suggestions.at(-1)).toBe(withCheckDigit(vin))
        for (const other of suggestions) {
          const changed = [...other].filter((character, index) => character !== vin.charAt(index))
          expect(changed.length === 1 || (changed.length === 2 && [...other].sort().join() === [...vin].sort().join())).toBe(true)
        }
      }),
    )
  })

  it('keeps to three where everything passes', () => {
    expect(suggestVins(honda, () => true)).toHaveLength(3)
  })

  it('offers nothing where nothing passes', () => {
    expect(suggestVins(honda, () => false)).toEqual([])
  })
})

describe('asQuestion', () => {
  it('asks about one character, or also about a swap where one is offered', () => {
    expect(asQuestion('1HGCM82643A004352', [honda])).toBe(`One wrong character? ${honda} passes.`)
    expect(asQuestion('1HGCM82633A004532', [honda, '1HGCM82693A004532'])).toBe(
      `One wrong character, or two swapped? ${honda} or 1HGCM82693A004532 passes.`,
    )
  })

  it('is empty without suggestions', () => {
    expect(asQuestion(honda, [])).toBe('')
  })
})
