import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findModelYearCandidates } from '../../src/domain/vin-year.ts'
import { withCheckDigit } from '../../src/domain/vin.ts'

const latest = 2027

/** A valid VIN with these first characters, this position 7 and this position 10. */
function vinWith({
  first = '1HG',
  seventh = '2',
  tenth = '3',
}: {
  first?: string
  seventh?: string
  tenth?: string
}): string {
  return withCheckDigit(`${first}CM8${seventh}60${tenth}A004352`)
}

describe('modelYearCandidates', () => {
  it.each([
    ['1HGCM82633A004352', 2003, 'certain'],
    ['1FTFW1EF7BFB11754', 2011, 'likely'],
    ['1FTFW1EV2AFB19783', 2010, 'likely'],
    ['2FTEF14H8TCA73155', 1996, 'likely'],
    ['1FTFW5L88TFA10526', 2026, 'likely'],
    ['WBAVL1C5XFVY41004', 2015, 'likely'],
    ['5UXWX9C58F0D45921', 2015, 'likely'],
    ['1C4PJMBXXJD592546', 2018, 'likely'],
    ['1C4RJKBG0S8730795', 2025, 'likely'],
    ['KM8K2CAB4PU001140', 2023, 'likely'],
    ['JM3TCBCY6M0454042', 2021, 'likely'],
    ['WDC0G8EB1LV225517', 2020, 'likely'],
    ['2GKFLTEK4H6343592', 2017, 'likely'],
    ['5YJSA1H12FFP71790', 2015, 'likely'],
    ['1HD1GP4558K319097', 2008, 'certain'],
    ['3GCUDHEL3NG668790', 2022, 'likely'],
    ['2G4WF52L6S1472882', 1995, 'likely'],
    ['1HGBH41JXMN109186', 1991, 'likely'],
    ['1M8GDM9AXKP042788', 1989, 'likely'],
  ])('reads %s as of %d first', (vin, year, confidence) => {
    const candidates = findModelYearCandidates(vin, { latest })
    expect(candidates.years[0]).toBe(year)
    expect(candidates.confidence).toBe(confidence)
  })

  it(
    'gives both years of a code, 30 years apart, for position 7 is binding only for cars and ' +
      'light trucks',
    () => {
      expect(findModelYearCandidates('1FTFW5L88TFA10526', { latest })).toEqual({
        years: [2026, 1996],
        confidence: 'likely',
      })
      expect(findModelYearCandidates('2FTEF14H8TCA73155', { latest })).toEqual({
        years: [1996, 2026],
        confidence: 'likely',
      })
    },
  )

  it('gives one year for a car or light truck, whose position 7 is binding', () => {
    expect(findModelYearCandidates('1FTFW5L88TFA10526', { latest, kind: 'light' })).toEqual({
      years: [2026],
      confidence: 'certain',
    })
    expect(findModelYearCandidates('KM8K2CAB4PU001140', { latest, kind: 'light' })).toEqual({
      years: [2023],
      confidence: 'certain',
    })
  })

  it('gives both years for a heavy truck, of which either may be right', () => {
    expect(findModelYearCandidates('4ENGAAA81R1003437', { latest, kind: 'other' })).toEqual({
      years: [2024, 1994],
      confidence: 'likely',
    })
    expect(findModelYearCandidates('1FUJGLDR69LAC9984', { latest, kind: 'other' }).years).toEqual([
      2009,
    ])
  })

  it('knows every year code from 1980 to 2039, and the years come back in order', () => {
    const codes = [...'ABCDEFGHJKLMNPRSTVWXY123456789']
    const older = codes.map(
      (tenth) =>
        findModelYearCandidates(vinWith({ seventh: '2', tenth }), { latest: 2039 }).years[0],
    )
    const newer = codes.map(
      (tenth) =>
        findModelYearCandidates(vinWith({ seventh: 'B', tenth }), { latest: 2039 }).years[0],
    )
    expect([...older, ...newer]).toEqual(Array.from({ length: 60 }, (_, index) => 1980 + index))
  })

  it.each(['U', 'Z', '0'])('has no year for %s at position 10', (tenth) => {
    expect(findModelYearCandidates(vinWith({ tenth }), { latest })).toEqual({
      years: [],
      confidence: 'unknown',
    })
  })

  it('knows the make of a car and not its year: WBAKV210500V39117', () => {
    expect(findModelYearCandidates('WBAKV210500V39117', { latest })).toEqual({
      years: [],
      confidence: 'unknown',
    })
  })

  it('drops the years after the next model year, and the next model year stays', () => {
    const vin = vinWith({ seventh: 'B', tenth: 'V' })
    expect(findModelYearCandidates(vin, { latest: 2027 }).years).toEqual([2027, 1997])
    expect(findModelYearCandidates(vin, { latest: 2026 }).years).toEqual([1997])
  })

  it('is not certain of the one year left where position 7 speaks against it', () => {
    expect(findModelYearCandidates(vinWith({ seventh: '2', tenth: 'W' }), { latest })).toEqual({
      years: [1998],
      confidence: 'certain',
    })
    expect(findModelYearCandidates(vinWith({ seventh: 'B', tenth: 'W' }), { latest })).toEqual({
      years: [1998],
      confidence: 'likely',
    })
  })

  it('is never certain of a VIN from outside North America', () => {
    expect(
      findModelYearCandidates(vinWith({ first: 'JHM', seventh: '2', tenth: '3' }), { latest }),
    ).toEqual({
      years: [2003],
      confidence: 'likely',
    })
  })

  it('is unknown, newest first, for a European VIN without a check digit: a real Passat of 2014', () => {
    expect(findModelYearCandidates('WVWZZZ3CZEE140287', { latest })).toEqual({
      years: [2014, 1984],
      confidence: 'unknown',
    })
  })

  it('is unknown where the check digit is wrong, for then the maker need not keep to the rule', () => {
    expect(findModelYearCandidates('WBAVL1C50FVY41004', { latest })).toEqual({
      years: [2015, 1985],
      confidence: 'unknown',
    })
  })

  it('takes the newest year of a Chinese VIN first, whatever position 7 holds', () => {
    const vin = vinWith({ first: 'LSV', seventh: '2', tenth: 'E' })
    expect(findModelYearCandidates(vin, { latest })).toEqual({
      years: [2014, 1984],
      confidence: 'likely',
    })
  })

  it('has none before the first year there could be', () => {
    expect(findModelYearCandidates(vinWith({ tenth: 'Y' }), { latest: 1999 })).toEqual({
      years: [],
      confidence: 'unknown',
    })
  })

  it.each(['', '8T02R123456', '1hgcm82633a004352', '1HGCM8263OA004352'])(
    'has none for "%s", which is no VIN',
    (text) => {
      expect(findModelYearCandidates(text, { latest })).toEqual({
        years: [],
        confidence: 'unknown',
      })
    },
  )

  it('never throws, and never gives a year after the latest', () => {
    const written = fc.array(fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'), {
      minLength: 17,
      maxLength: 17,
    })
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      written.map((characters) => characters.join('')),
    )
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1980, max: 2039 }), (text, last) => {
        for (const year of findModelYearCandidates(text, { latest: last }).years)
          expect(year).toBeLessThanOrEqual(last)
      }),
    )
  })
})
