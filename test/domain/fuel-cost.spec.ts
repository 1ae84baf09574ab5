import { describe, expect, it } from '@jest/globals'
import { checkTotal, computeTotalCents } from '../../src/domain/fuel-cost.ts'

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
