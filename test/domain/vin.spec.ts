import { describe, expect, it } from '@jest/globals'
import { parseVin } from '../../src/domain/vin.ts'
import type { VinOptions, VinProblem } from '../../src/domain/vin.ts'

const realVins = [
  '1HGCM82633A004352',
  '1FTFW1EF7BFB11754',
  '1FTFW1EV2AFB19783',
  '2FTEF14H8TCA73155',
  '1FTFW5L88TFA10526',
  'WBAVL1C5XFVY41004',
  '5UXWX9C58F0D45921',
  '1C4PJMBXXJD592546',
  '1C4RJKBG0S8730795',
  'KM8K2CAB4PU001140',
  'JM3TCBCY6M0454042',
  'WDC0G8EB1LV225517',
  '2GKFLTEK4H6343592',
  '5YJSA1H12FFP71790',
  '1HD1GP4558K319097',
  '3GCUDHEL3NG668790',
  '2G4WF52L6S1472882',
  '1HGBH41JXMN109186',
  '10ARJYBS7RC154562',
  'WBAKV210500V39117',
  '1M8GDM9AXKP042788',
]

function problemOf(raw: string, options?: VinOptions): VinProblem {
  const result = parseVin(raw, options)
  if ('vin' in result) throw new Error(`${JSON.stringify(raw)} was accepted as ${result.vin}`)
  return result.problem
}

describe('parseVin', () => {
  it.each(realVins)('accepts the real VIN %s without a warning', (vin) => {
    expect(parseVin(vin)).toEqual({ vin, warnings: [] })
  })

  it('reads a VIN through lower case, spaces, dashes and the invisible marks of copied text', () => {
    expect(parseVin(' 1hgcm82633a004352-')).toEqual({ vin: '1HGCM82633A004352', warnings: [] })
    expect(parseVin('\uFEFF1HG\u00A0CM8\u20142633\u2212A00\u200B4352\u202C\r\n')).toEqual({
      vin: '1HGCM82633A004352',
      warnings: [],
    })
  })

  it.each([
    '１ＨＧＣＭ８２６３３Ａ００４３５２',
    '１ｈｇｃｍ８２６\u3000３３Ａ－００４３５２',
    '1HGCM8263３A004352',
  ])('reads %s, full-width characters as the letters and digits that they are', (raw) => {
    expect(parseVin(raw)).toEqual({ vin: '1HGCM82633A004352', warnings: [] })
  })

  it.each([
    ['1HGCM82643A004352', '3', '1HGCM82633A004352'],
    ['1HGCM82633A123456', '7', '1HGCM82673A123456'],
    ['1HGCV1F30LA000001', '3', '1HGCV1F33LA000001'],
    ['1M8GDM9A1KP042788', 'X', '1M8GDM9AXKP042788'],
  ])('refuses %s, whose check digit should be %s, and offers %s', (vin, expected, mended) => {
    expect(problemOf(vin)).toEqual({
      code: 'vin_check_digit',
      message:
        `VIN ${vin} has check digit ${vin.charAt(8)}, expected ${expected}. One wrong ` +
        `character? ${mended} is valid.`,
      expected,
      suggestions: [mended],
      confirmable: false,
    })
  })

  it.each([
    '1HGCM82643A004352',
    '7SAYGDEE9NF000000',
    'LRW3E7EK0NC000000',
    '1M8GDM9AZKP042788',
    'LRW3E7EKZNC000000',
  ])('refuses %s from a country that enforces the check digit, confirmed or not', (vin) => {
    expect(problemOf(vin, { confirmed: true })).toMatchObject({
      code: 'vin_check_digit',
      confirmable: false,
    })
  })

  it('refuses a wrong check digit from elsewhere until it is confirmed, and then says so', () => {
    const problem = problemOf('WBAKV210600V39117')
    expect(problem).toMatchObject({ code: 'vin_check_digit', expected: '5', confirmable: true })
    expect(problem.message).toContain('If this is really what the plate shows, confirm it')
    expect(parseVin('WBAKV210600V39117', { confirmed: true })).toEqual({
      vin: 'WBAKV210600V39117',
      warnings: [
        {
          code: 'vin_check_digit_confirmed',
          message: 'VIN WBAKV210600V39117 has check digit 6, expected 5; it was confirmed.',
        },
      ],
    })
  })

  it('does not warn that a right check digit was confirmed', () => {
    expect(parseVin('WBAKV210500V39117', { confirmed: true })).toEqual({
      vin: 'WBAKV210500V39117',
      warnings: [],
    })
  })

  it(
    'accepts a European VIN whose position 9 is no check digit, with a warning: a real VW ' +
      "Passat's",
    () => {
      const warnings = [{ code: 'vin_check_digit_unusual' }]
      expect(parseVin('WVWZZZ3CZEE140287')).toMatchObject({ vin: 'WVWZZZ3CZEE140287', warnings })
    },
  )

  it.each([
    ['', 'VIN is empty; it must have 17 characters.'],
    [' - ', 'VIN is empty; it must have 17 characters.'],
    ['1HGCM82643A0043521', 'VIN 1HGCM82643A0043521 has 18 characters; it must have 17 characters.'],
  ])('refuses the length of "%s"', (raw, message) => {
    expect(problemOf(raw)).toEqual({
      code: 'vin_length',
      message,
      suggestions: [],
      confirmable: false,
    })
  })

  it('tells whoever gave too few characters what an old car may have', () => {
    const wayOut =
      'it must have 17 characters. Only cars from model years before 1981 may have fewer: ' +
      'enter the model year.'
    expect(problemOf('1HGCM82633A00435').message).toBe(
      `VIN 1HGCM82633A00435 has 16 characters; ${wayOut}`,
    )
  })

  it('offers the digits 1 and 0 for the letters I, O and Q where that mends the VIN', () => {
    const found =
      'VIN 1HGCM82633AOQ4352 has the letter O at position 12, but a VIN never contains I, O or Q.'
    const suggestions = ['1HGCM82633A004352']
    expect(problemOf('1HGCM82633AOQ4352')).toMatchObject({
      code: 'vin_forbidden_letter',
      suggestions,
      confirmable: false,
    })
    expect(problemOf('1HGCM82633AOQ4352').message).toBe(
      `${found} Is it a digit? 1HGCM82633A004352 is valid.`,
    )
    expect(problemOf('IHLRD77874C026456').message).toContain(
      'Was it misread? JHLRD77874C026456 is valid.',
    )
    expect(problemOf('IHGCM82633A004352').suggestions).toEqual(['1HGCM82633A004352'])
    expect(problemOf('WVWZZZ3CZEEI4O287').suggestions).toEqual(['WVWZZZ3CZEE140287'])
  })

  it.each(['1HGCM8263OA004352', '1HGCM8263IA004352', '1HGCM8263QA004352'])(
    'offers no fix for %s: no digit there passes',
    (vin) => {
      const problem = problemOf(vin)
      expect(problem).toMatchObject({ code: 'vin_forbidden_letter', suggestions: [] })
      expect(problem.message).toContain('is not valid: compare it with the plate')
    },
  )

  it.each(['11111111111111111', '00000000000000000', 'LLLLLLLLLLLLLLLLL'])(
    'refuses %s, which names no vehicle',
    (vin) => {
      expect(problemOf(vin, { confirmed: true }).code).toBe('vin_repeated')
    },
  )

  it('never suggests a VIN that it would refuse as one character repeated', () => {
    const problem = problemOf('11111111911111111')
    expect(problem).toMatchObject({ code: 'vin_check_digit', expected: '1' })
    expect(problem.suggestions).not.toContain('11111111111111111')
  })

  it.each([
    ['Cyrillic letter', '1HG\u0421M82633A004352', 'U+0421 at position 4'],
    ['long s, whose upper case is S', 'W\u017FWZZZ3CZEE140287', 'U+017F at position 2'],
    ['sharp s, whose upper case is SS', 'WVW\u00DFZZ3CZEE14028', 'U+00DF at position 4'],
    ['NUL', '1HGCM82633A004352\0', 'U+0000 at position 18'],
    ['mathematical letter beyond the BMP', '1HGCM\u{1D7D6}2633A004352', 'U+1D7D6 at position 6'],
    ['circled digit', '1HGCM826③3A004352', 'U+2462 at position 9'],
    ['lone surrogate', '\uD8001HGCM82633A00435', 'U+D800 at position 1'],
    ['quote', "1HGCM82633A' OR 1=1", '"\'" at position 12'],
  ])('refuses a %s and names it', (_, raw, where) => {
    const problem = problemOf(raw)
    expect(problem.code).toBe('vin_character')
    expect(problem.message).toContain(where)
    expect(problem.message).toMatch(/^[ -~]+$/)
  })

  it.each(['A', ' ', '\u0421', '\u{1F600}'])(
    'refuses a megabyte of "%s" in a short message',
    (character) => {
      const problem = problemOf(character.repeat(1_000_000))
      expect(problem.code).toBe('vin_length')
      expect(problem.message.length).toBeLessThan(120)
    },
  )
})
