import { describe, expect, it } from '@jest/globals'
import {
  findFuelGradeProblem,
  findFuelTypeProblem,
  findFuelUnitProblem,
  FUEL_TYPE_NAMES,
  FUEL_TYPES,
  getFillMeasure,
  parseFuelGrade,
  parseFuelType,
} from '../../src/garage/domain/fuel-types.ts'

describe('a type of fuel', () => {
  it.each([
    ['gasoline', 'gasoline'],
    ['Gasoline', 'gasoline'],
    [' Petrol ', 'gasoline'],
    ['Diesel exhaust fluid', 'def'],
    ['AdBlue', 'def'],
    ['Electric', 'electricity'],
    ['E85', 'e85'],
    ['race fuel', null],
    ['', null],
    [null, null],
    [7, null],
  ])('is read from %j', (text, type) => {
    expect(parseFuelType(text)).toBe(type)
  })

  it('has one reading for each of its names', () => {
    const names = FUEL_TYPE_NAMES.flatMap((type) => [
      type,
      FUEL_TYPES[type].label.toLowerCase(),
      ...FUEL_TYPES[type].aliases,
    ])
    const owners = names.map((name) => parseFuelType(name))
    expect(owners).not.toContain(null)
    expect(FUEL_TYPE_NAMES.every((type) => parseFuelType(FUEL_TYPES[type].label) === type)).toBe(
      true,
    )
  })

  it('that is not in the list is refused with the list', () => {
    expect(findFuelTypeProblem('Petrol')).toBeNull()
    expect(findFuelTypeProblem('steam')).toBe(
      'must be one of gasoline, e85, diesel, def, electricity, lpg, cng, hydrogen, not "steam"',
    )
  })
})

describe('a grade', () => {
  it.each([
    ['gasoline', '87', '87'],
    ['gasoline', 'premium', 'Premium'],
    ['electricity', 'dc FAST', 'DC fast'],
    ['diesel', '87', null],
  ] as const)('of %s is read from %s', (type, text, grade) => {
    expect(parseFuelGrade(type, text)).toBe(grade)
  })

  it.each([
    ['gasoline', '87', null],
    ['Petrol', 'e10', null],
    ['electricity', '87', 'must be one of Level 1, Level 2, DC fast for electricity, not "87"'],
    ['def', '87', 'must be empty, not "87": def has no grades'],
    [null, '87', '"87" needs a fuelType that has grades, such as gasoline or diesel'],
  ])('belongs to its type: %s %s', (type, grade, problem) => {
    expect(findFuelGradeProblem(type, grade)).toBe(problem)
  })
})

describe('the amount of a fill', () => {
  it.each([
    ['electricity', 'battery', 'kwh'],
    [null, 'battery', 'kwh'],
    [null, 'diesel', 'gallon'],
    [null, null, 'gallon'],
    ['cng', 'cng', 'gge'],
  ] as const)('of %s in the tank %s is measured in %s', (fuelType, tank, measure) => {
    expect(getFillMeasure({ fuelType, tank })).toBe(measure)
  })
})

describe('a unit of fuel', () => {
  it.each([
    ['gasoline', undefined, null],
    ['gasoline', 'l', null],
    ['def', 'gal_uk', null],
    ['gasoline', 'kwh', 'must be gal_us, gal_uk or l for gasoline, not kwh'],
    ['electricity', null, null],
    ['electricity', 'kwh', null],
    ['electricity', 'gal_us', 'must be kwh for electricity, not gal_us'],
    ['electricity', 'l', 'must be kwh for electricity, not l'],
    ['hydrogen', undefined, null],
    ['hydrogen', 'l', 'must be left out for hydrogen, which is measured in kg'],
    ['cng', 'kwh', 'must be left out for cng, which is measured in gge'],
  ] as const)('of %s that is %s is checked', (type, unit, problem) => {
    expect(findFuelUnitProblem(type, unit)).toBe(problem)
  })
})
