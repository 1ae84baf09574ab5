import { describe, expect, it } from '@jest/globals'
import {
  classifyDrivetrain,
  classifyEngine,
  isSameEngine,
} from '../../plugins/market/domain/powertrain.ts'
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

  it('in the table may be a general word', () => {
    const names = [{ make: 'Ford', model: null, listedAs: 'Base Truck', trim: 'Truck' }]
    expect(normalize('base truck', names)).toBe('truck')
  })
})

describe('a powertrain', () => {
  it.each([
    ['AWD', 'all_wheels'],
    ['4WD', 'all_wheels'],
    ['Four-wheel drive', 'all_wheels'],
    ['4 Wheel Drive', 'all_wheels'],
    ['xDrive', 'all_wheels'],
    ['FWD', 'two_wheels'],
    ['Rear Wheel Drive', 'two_wheels'],
    ['4x2', 'two_wheels'],
    ['2WD', 'two_wheels'],
    ['', null],
    [null, null],
  ])('%j drives %j', (drivetrain, wheels) => {
    expect(classifyDrivetrain(drivetrain)).toBe(wheels)
  })

  it.each([
    ['3.5L V6 EcoBoost', '3.5L V-6 DOHC', true],
    ['3.5L V6', '3.5L', true],
    ['V6', '3.5L V6', true],
    ['V6 Cylinder Engine', '5.0L V8', false],
    ['2.0L I4', '2.0L L4 Turbo', true],
    ['2.0L 4-Cyl', '1.5L 4 Cylinder', false],
    ['2.5L Hybrid', '2.5L I4', false],
    ['Hybrid', '2.5L I4 HEV', true],
    ['Plug-In Hybrid', '2.5L Hybrid', false],
    ['Electric', 'Electric ZEV 283hp', true],
    ['3.0L V6 Turbo Diesel', '3.0L V6', false],
  ])('%j and %j are of one family: %j', (one, other, same) => {
    const [first, second] = [classifyEngine(one), classifyEngine(other)]
    expect(first && second && isSameEngine(first, second)).toBe(same)
    expect(first && second && isSameEngine(second, first)).toBe(same)
  })

  it('is unknown where nothing is said about it', () => {
    expect(['', 'Gas', 'unknown', null].map(classifyEngine)).toEqual([null, null, null, null])
  })
})
