import { describe, expect, it } from '@jest/globals'
import {
  getEconomyUnit,
  getFuelUnit,
  toDistanceRatio,
  toEconomy,
  toFuelAmount,
  toFuelPrice,
} from '../../src/garage/domain/economy-units.ts'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'

const US = resolveOwnerUnits({})
const METRIC = resolveOwnerUnits({ unitSystem: 'metric' })
const UK = resolveOwnerUnits({ distanceUnit: 'mi', volumeUnit: 'l' })
const KM_PER_LITER = resolveOwnerUnits({ unitSystem: 'metric', economyUnit: 'km_per_l' })

describe('the economy in the unit of the owner', () => {
  it.each([
    ['gallon', US, 'mpg', 30],
    ['gallon', UK, 'mpg_uk', 36.03],
    ['gallon', METRIC, 'l_per_100km', 7.84],
    ['gallon', KM_PER_LITER, 'km_per_l', 12.75],
    ['kwh', US, 'mi_per_kwh', 30],
    ['kwh', UK, 'mi_per_kwh', 30],
    ['kwh', METRIC, 'kwh_per_100km', 2.07],
    ['kwh', KM_PER_LITER, 'km_per_kwh', 48.28],
    ['kg', METRIC, 'kg_per_100km', 2.07],
    ['gge', US, 'mi_per_gge', 30],
  ] as const)('of 300 miles on 10 units of %s', (measure, units, unit, expected) => {
    expect(getEconomyUnit(measure, units)).toBe(unit)
    expect(toEconomy({ distance: 300_000, units: 10_000 }, measure, units)).toBe(expected)
  })
})

describe('an amount and a price of fuel', () => {
  it.each([
    ['gallon', US, 'gal_us', 10.567, 6.81],
    ['gallon', METRIC, 'l', 40, 1.799],
    ['kwh', METRIC, 'kwh', 10.567, 6.81],
    ['kg', METRIC, 'kg', 10.567, 6.81],
  ] as const)('of %s are in the unit of the owner', (measure, units, unit, amount, price) => {
    expect(getFuelUnit(measure, units)).toBe(unit)
    expect(toFuelAmount(10_567, measure, units)).toBe(amount)
    expect(toFuelPrice(6.81, measure, units)).toBe(price)
  })
})

describe('a distance as a fraction', () => {
  it.each([
    [US, 1],
    [METRIC, 1.609344],
  ])('is exact', (units, expected) => {
    const { numerator, denominator } = toDistanceRatio(1000, units)
    expect(Number(numerator) / Number(denominator)).toBe(expected)
  })
})
