/** What holds for every VIN, tried on many. The examples are in vin.spec.ts. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { expectedCheckDigit, normalizeVin, parseVin, withCheckDigit } from '../../src/domain/vin.ts'

const alphabet = [...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789']
const values: Record<string, number> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
}
const valueOf = (character: string): number => values[character] ?? Number(character)

const anyVin = fc
  .array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 })
  .map((characters) => withCheckDigit(characters.join('')))
  .filter((vin) => new Set(vin).size > 1)
/** The full-width forms of the same characters. */
const widen = (vin: string): string =>
  [...vin].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('')
const americanVin = fc
  .tuple(fc.constantFrom('1', '2', '3', '4', '5', '7', 'L'), anyVin)
  .map(([first, vin]) => withCheckDigit(first + vin.slice(1)))
  .filter((vin) => new Set(vin).size > 1)

describe('parseVin', () => {
  it('accepts any VIN of the alphabet with the right check digit, from anywhere', () => {
    fc.assert(fc.property(anyVin, (vin) => expect(parseVin(vin)).toEqual({ vin, warnings: [] })))
  })

  it(
    'refuses a North American VIN with one other character, unless both characters have one ' +
      'value',
    () => {
      const change = fc.tuple(
        americanVin,
        fc.integer({ min: 0, max: 16 }),
        fc.constantFrom(...alphabet),
      )
      fc.assert(
        fc.property(change, ([vin, index, character]) => {
          const changed = vin.slice(0, index) + character + vin.slice(index + 1)
          const seen =
            index === 8
              ? character !== vin.charAt(8)
              : valueOf(character) !== valueOf(vin.charAt(index))
          fc.pre(changed !== vin && new Set(changed).size > 1)
          expect('problem' in parseVin(changed)).toBe(seen)
        }),
        { numRuns: 500 },
      )
    },
  )

  it('suggests at most three VINs, each of them accepted as it stands', () => {
    const spoilt = fc
      .tuple(anyVin, fc.constantFrom(...'0123456789XIOQ'))
      .map(([vin, digit]) => vin.slice(0, 8) + digit + vin.slice(9))
    fc.assert(
      fc.property(spoilt, (vin) => {
        const result = parseVin(vin)
        const suggestions = 'problem' in result ? result.problem.suggestions : []
        expect(suggestions.length).toBeLessThanOrEqual(3)
        for (const suggestion of suggestions)
          expect(parseVin(suggestion)).toMatchObject({ vin: suggestion })
      }),
    )
  })

  it('offers a VIN with noise around it, whatever maker, and nothing that does not pass', () => {
    const word = fc.string({ unit: fc.constantFrom(...'AEFHIOQ0127'), maxLength: 6 })
    const sign = fc.constantFrom('*', ':', '#', '/', '(', '=', ', ', '\n', '\u3000*', '、', '"')
    const noise = fc.tuple(sign, word, sign).map((parts) => parts.join(''))
    const glued = fc.constantFrom(['I', ''], ['', 'I'], ['*I', '*'], ['', ' '])
    const shapes = fc.oneof(
      fc.tuple(noise, noise),
      glued.map(([before = '', after = '']) => [before, after] as const),
    )
    fc.assert(
      fc.property(anyVin, shapes, fc.boolean(), (vin, [before, after], wide) => {
        const text = before + (wide ? widen(vin) : vin) + after
        const result = parseVin(text)
        if ('vin' in result) return expect(result.vin).toBe(vin)
        expect(result.problem.suggestions).toContain(vin)
        for (const suggestion of result.problem.suggestions)
          expect(parseVin(suggestion)).toMatchObject({ vin: suggestion })
      }),
      { numRuns: 500 },
    )
  })

  it('offers nothing out of any text that it would not accept', () => {
    const unit = fc.constantFrom(...alphabet, ...'IOQ -*:')
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 200 }),
        fc.constantFrom(1970, 2010, undefined),
        (text, modelYear) => {
          const result = parseVin(text, { modelYear })
          const suggestions = 'problem' in result ? result.problem.suggestions : []
          expect(suggestions.length).toBeLessThanOrEqual(3)
          for (const suggestion of suggestions)
            expect(parseVin(suggestion)).toMatchObject({ vin: suggestion })
        },
      ),
    )
  })

  it('checks 17 characters whatever the model year', () => {
    fc.assert(
      fc.property(
        anyVin,
        fc.constantFrom(...'0123456789X'),
        fc.integer({ min: 1900, max: 1980 }),
        (vin, digit, modelYear) => {
          fc.pre(digit !== vin.charAt(8))
          const wrong = vin.slice(0, 8) + digit + vin.slice(9)
          expect(parseVin(wrong, { modelYear })).toMatchObject({
            problem: { code: 'vin_check_digit', confirmable: true },
          })
          expect(parseVin(wrong, { modelYear, confirmed: true })).toMatchObject({
            vin: wrong,
            warnings: [{ code: 'vin_unchecked' }],
          })
        },
      ),
    )
  })

  it('offers the original when only the check digit was mistyped', () => {
    fc.assert(
      fc.property(americanVin, fc.constantFrom(...'0123456789X'), (vin, digit) => {
        fc.pre(digit !== vin.charAt(8))
        expect(parseVin(vin.slice(0, 8) + digit + vin.slice(9))).toMatchObject({
          problem: { expected: vin.charAt(8), suggestions: expect.arrayContaining([vin]) },
        })
      }),
    )
  })

  it('answers any string with a value, whatever its characters, in a bounded printable message', () => {
    const anyString = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'binary-ascii', maxLength: 20 }),
    )
    fc.assert(
      fc.property(
        anyString,
        fc.boolean(),
        fc.option(fc.integer({ min: 1900, max: 2030 }), { nil: undefined }),
        (raw, confirmed, modelYear) => {
          const result = parseVin(raw, { confirmed, modelYear })
          if ('vin' in result) expect(result.vin).toMatch(/^[A-Z0-9]{5,17}$/)
          else expect(result.problem.message).toMatch(/^[ -~…]{1,300}$/)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('normalizeVin', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 250 }), (raw) => {
        expect(normalizeVin(normalizeVin(raw))).toBe(normalizeVin(raw))
      }),
    )
  })

  it('finds one VIN under every mixture of case, spaces and dashes', () => {
    const gap = fc.string({
      unit: fc.constantFrom(
        ' ',
        '-',
        '\t',
        '\u00A0',
        '\u3000',
        '\u2013',
        '\u2010',
        '\u00AD',
        '\u200B',
      ),
      maxLength: 2,
    })
    const style = fc.array(fc.tuple(gap, fc.boolean()), { minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(anyVin, style, (vin, styles) => {
        const written = styles.map(
          ([space, lower], index) =>
            space + (lower ? vin.charAt(index).toLowerCase() : vin.charAt(index)),
        )
        expect(normalizeVin(written.join(''))).toBe(vin)
      }),
    )
  })

  it('leaves what cannot be a VIN for its length as it is', () => {
    expect(normalizeVin('a'.repeat(201))).toBe('a'.repeat(201))
  })
})

describe('expectedCheckDigit', () => {
  it('is the weighted sum of 49 CFR 565.15(c) modulo 11, with X for ten', () => {
    const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    fc.assert(
      fc.property(anyVin, (vin) => {
        const sum = weights.reduce(
          (total, weight, index) => total + weight * valueOf(vin.charAt(index)),
          0,
        )
        expect(expectedCheckDigit(vin)).toBe('0123456789X'.charAt(sum % 11))
      }),
    )
  })
})
