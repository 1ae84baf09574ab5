import { describe, expect, it } from '@jest/globals'
import {
  checkChargingTotal,
  checkTotal,
  computeChargingTotal,
  computeTotalCents,
  isComputedChargingTotal,
} from '../../src/domain/fuel-cost.ts'

describe('the total of a purchase of fuel', () => {
  it.each([
    [10, 3.5, 3500],
    [11.234, 3.459, 3886],
    [0.001, 0.001, 0],
    [1.5, 0.33, 50],
    [1.005, 1, 101],
    [9_999_999.999, 9_999_999.999, 9_999_999_998_000_000],
  ])('%d units at %d cost %d cents', (units, price, cents) => {
    expect(computeTotalCents(units, price)).toBe(cents)
  })

  it('fits up to 1 % above units × price', () => {
    expect(checkTotal(3500, 10, 3.5)).toEqual({ kind: 'fits' })
    expect(checkTotal(3535, 10, 3.5)).toEqual({ kind: 'fits' })
    expect(checkTotal(3536, 10, 3.5)).toEqual({ kind: 'too-high', computed: 3500 })
  })

  it('is a discount below it', () => {
    expect(checkTotal(3499, 10, 3.5)).toEqual({ kind: 'discount', computed: 3500 })
  })
})

describe('the total of a charging session', () => {
  it.each([
    [34.5678, 0.2925, 10.11],
    [40, 0.31, 12.4],
    [0.0001, 0.0001, 0],
  ])('of %d kWh at %d is %d', (kwh, price, total) => {
    expect(computeChargingTotal(kwh, price)).toBe(total)
  })

  it('fits if it was computed before kWh and price were rounded', () => {
    expect(computeTotalCents(34.568, 0.293)).toBe(1013)
    expect(isComputedChargingTotal(1011, 34.568, 0.293)).toBe(true)
    expect(isComputedChargingTotal(1015, 34.568, 0.293)).toBe(true)
    expect(isComputedChargingTotal(1010, 34.568, 0.293)).toBe(false)
    expect(checkChargingTotal(1011, 34.568, 0.293)).toEqual({ kind: 'fits' })
  })

  it('may be higher by any fees, and lower by a discount', () => {
    expect(checkChargingTotal(4000, 40, 0.31)).toEqual({ kind: 'fees', computed: 1240 })
    expect(checkChargingTotal(1000, 40, 0.31)).toEqual({ kind: 'discount', computed: 1240 })
  })
})
