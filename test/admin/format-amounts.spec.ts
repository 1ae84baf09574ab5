import { describe, expect, it } from '@jest/globals'
import {
  formatDistance,
  formatFuelAmount,
  formatFuelPrice,
  formatWholeDistance,
} from '../../src/admin/garage/format-amounts.ts'
import { formatOwnerAmount } from '../../src/admin/ui/format-figures.ts'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'

const american = resolveOwnerUnits({})
const canadian = resolveOwnerUnits({ unitSystem: 'metric', currencyCode: 'CAD' })
const british = resolveOwnerUnits({ volumeUnit: 'gal_uk', currencyCode: 'GBP' })

describe('the figures of an owner', () => {
  it('have the distance in the owner’s unit', () => {
    expect(formatDistance(52_547.3, american.distance)).toBe('52,547.3 mi')
    expect(formatDistance(42_245.785, canadian.distance)).toBe('67,988 km')
  })

  it('have whole miles as the kilometers that were entered', () => {
    expect(formatWholeDistance(5_000, american.distance)).toBe('5,000 mi')
    expect(formatWholeDistance(9_321, canadian.distance)).toBe('15,000 km')
  })

  it('have fuel in the unit of the fuel and the owner', () => {
    expect(formatFuelAmount(10.567, 'gallon', american)).toBe('10.567 gal')
    expect(formatFuelAmount(10.567, 'gallon', canadian)).toBe('40 L')
    expect(formatFuelAmount(12.01, 'gallon', british)).toBe('10 UK gal')
    expect(formatFuelAmount(41.5, 'kwh', canadian)).toBe('41.5 kWh')
    expect(formatFuelAmount(5, 'kg', american)).toBe('5 kg')
    expect(formatFuelAmount(8, 'gge', american)).toBe('8 GGE')
  })

  it('have prices per unit, with the currency that they are in', () => {
    expect(formatFuelPrice(3.499, 'gallon', american)).toBe('$3.499/gal')
    expect(formatFuelPrice(6.81, 'gallon', canadian)).toBe('CA$1.799/L')
    expect(formatFuelPrice(0.14, 'kwh', american)).toBe('$0.14/kWh')
  })

  it('have amounts with the currency that they are in', () => {
    expect(formatOwnerAmount(82.12, 'USD')).toBe('$82.12')
    expect(formatOwnerAmount(1_350, 'CAD')).toBe('CA$1,350')
    expect(formatOwnerAmount(82.12, 'GBP')).toBe('£82.12')
  })
})
