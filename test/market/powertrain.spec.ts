import { describe, expect, it } from '@jest/globals'
import {
  classifyDrivetrain,
  classifyEngine,
  isSameEngine,
} from '../../plugins/market/domain/powertrain.ts'

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
