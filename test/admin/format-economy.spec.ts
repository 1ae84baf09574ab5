import { describe, expect, it } from '@jest/globals'
import {
  formatEconomy,
  formatEconomyUnit,
  formatShortEconomy,
} from '../../src/admin/garage/format-economy.ts'

describe('economy', () => {
  it('has its unit as people write it', () => {
    const units = ['mpg', 'mpg_uk', 'l_per_100km', 'km_per_l', 'mi_per_kwh', 'kg_per_100km']
    expect(units.map(formatEconomyUnit)).toEqual([
      'mpg',
      'mpg (UK)',
      'L/100 km',
      'km/L',
      'mi/kWh',
      'kg/100 km',
    ])
  })

  it('is exact in tables, and has one decimal place where there is little room', () => {
    expect(formatEconomy(30.25, 'mpg')).toBe('30.25 mpg')
    expect(formatShortEconomy(30.25, 'mpg')).toBe('30.3 mpg')
    expect(formatShortEconomy(30, 'mpg')).toBe('30 mpg')
  })
})
