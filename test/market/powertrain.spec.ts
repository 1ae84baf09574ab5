import { describe, expect, it } from '@jest/globals'
import {
  classifyDrivetrain,
  classifyEngine,
  isSameEngine,
} from '../../plugins/market/domain/powertrain.ts'

describe('a drivetrain', () => {
  it.each([
    ['AWD', 'all_wheels'],
    ['4x4', 'all_wheels'],
    ['Four-wheel drive', 'all_wheels'],
    ['xDrive', 'all_wheels'],
    ['FWD', 'two_wheels'],
    ['Rear Wheel Drive', 'two_wheels'],
    ['4x2', 'two_wheels'],
    ['Automatic', null],
    [null, null],
  ] as const)('%j drives %j', (drivetrain, wheels) => {
    expect(classifyDrivetrain(drivetrain)).toBe(wheels)
  })
})

describe('an engine', () => {
  it.each([
    ['3.5L V6 EcoBoost', { fuel: 'gas', liters: '3.5', cylinders: '6' }],
    ['6.7L Power Stroke Diesel', { fuel: 'diesel', liters: '6.7', cylinders: null }],
    ['2.5L 4-cyl Hybrid', { fuel: 'hybrid', liters: '2.5', cylinders: '4' }],
    ['Plug-in Hybrid', { fuel: 'plug_in', liters: null, cylinders: null }],
    ['Electric Motor', { fuel: 'electric', liters: null, cylinders: null }],
    ['Very good', null],
    [null, null],
  ] as const)('%j is %j', (engine, family) => {
    expect(classifyEngine(engine)).toEqual(family)
  })

  it.each([
    ['3.5L V6', '3.5 Liter EcoBoost', true],
    ['3.5L V6', '5.0L V8', false],
    ['V8', '5.0L V8', true],
    ['V6', '5.0L V8', false],
    ['2.5L I4', '2.5L I4 Hybrid', false],
  ])('%j and %j are of one family: %j', (one, other, same) => {
    const [first, second] = [classifyEngine(one), classifyEngine(other)]
    expect(first && second && isSameEngine(first, second)).toBe(same)
  })
})
