import { describe, expect, it } from '@jest/globals'
import { normalizeTrim, type TrimName } from '../../plugins/market/domain/trim.ts'

const NAMES: TrimName[] = [
  { make: 'Ford', model: 'F-150', listedAs: 'Lariat 501A', trim: 'Lariat' },
  { make: 'Ford', model: null, listedAs: 'Ltd', trim: 'Limited' },
  { make: 'Ford', model: 'F-150', listedAs: 'LTD', trim: 'Lariat Limited' },
]
const normalize = (trim: string | null, names = NAMES, model = 'F-150') =>
  normalizeTrim({ make: 'Ford', model, trim }, names)

describe('the name of a trim', () => {
  it.each([
    ['XLT', 'xlt'],
    ['XLT SuperCrew', 'xlt'],
    ["XLT SuperCrew 5.5' Box", 'xlt'],
    ['xlt 4WD SuperCab 6.5 ft bed', 'xlt'],
    ['F-150 XLT Crew Cab Pickup 4D', 'xlt'],
    ['XLT 3.5L V6 EcoBoost 4x4', 'xlt'],
    ['King Ranch', 'kingranch'],
    ['King Ranch Crew Cab Short Bed', 'kingranch'],
    ['SE Sedan 4-Door', 'se'],
    ['Sport', 'sport'],
    ['Sport Utility 4D', null],
    ['LX CVT AWD', 'lx'],
    ['XLE Hybrid', 'xlehybrid'],
    ['Turbo S', 'turbos'],
    ['GT Convertible', 'gtconvertible'],
    ['4x4', null],
    ['  ', null],
    [null, null],
  ])('%j is %j', (trim, normalized) => {
    expect(normalize(trim)).toBe(normalized)
  })

  it('is read from the table first, by the row of the model before that of the make', () => {
    expect(normalize('Lariat 501A')).toBe('lariat')
    expect(normalize('lariat 501a SuperCrew')).toBe('lariat')
    expect(normalize('Lariat 501A', [])).toBe('lariat501a')
    expect(normalize('Ltd.')).toBe('lariatlimited')
    expect(normalize('Ltd.', NAMES, 'Edge')).toBe('limited')
    expect(normalizeTrim({ make: 'Kia', model: 'Rio', trim: 'LTD' }, NAMES)).toBe('ltd')
  })

  it('is found behind the names of the make and the model, however these are written', () => {
    expect(
      ['F150 XLT', 'Ford F-150 XLT', 'F-150® XLT', 'f 150 XLT'].map((trim) => normalize(trim)),
    ).toEqual(['xlt', 'xlt', 'xlt', 'xlt'])
    expect(normalize('F-150')).toBe('f150')
    expect(normalize('Fordable')).toBe('fordable')
    expect(normalize('SE Sport', [], 'S')).toBe('sesport')
  })

  it('is read from the table until there is no further row, also if rows lead back', () => {
    const row = (listedAs: string, trim: string): TrimName => ({
      make: 'Ford',
      model: null,
      listedAs,
      trim,
    })
    const chain = [row('Lux', 'Luxury'), row('Luxury', 'Lariat')]
    expect(['Lux', 'Luxury', 'Lariat'].map((trim) => normalize(trim, chain))).toEqual([
      'lariat',
      'lariat',
      'lariat',
    ])
    const loop = [row('A', 'B'), row('B', 'C'), row('C', 'A'), row('Self', 'Self')]
    expect(['A', 'B', 'C', 'Into', 'Self'].map((trim) => normalize(trim, loop))).toEqual([
      'a',
      'a',
      'a',
      'into',
      'self',
    ])
    expect(normalize('Into', [...loop, row('Into', 'B')])).toBe('a')
  })

  it('in the table may be a general word', () => {
    const names = [{ make: 'Ford', model: null, listedAs: 'Base Truck', trim: 'Truck' }]
    expect(normalize('base truck', names)).toBe('truck')
  })
})
