import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  dollarsToCents,
  centsToDollars,
  formatCents,
  formatWholeNumber,
} from '../../plugins/market/domain/cents.ts'

describe('money', () => {
  it.each([
    ['24500.00', 2_450_000],
    [0.29, 29],
    [1.1, 110],
    ['99999999.99', 9_999_999_999],
  ])('%j dollars are %d cents', (dollars, cents) => {
    expect(dollarsToCents(dollars)).toBe(cents)
  })

  it.each(['a lot', NaN, Infinity])('is no amount as %j', (result) => {
    expect(() => dollarsToCents(result)).toThrow('is not a dollar amount')
  })

  it('comes back from cents to dollars as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (cents) =>
        expect(dollarsToCents(centsToDollars(cents))).toBe(cents),
      ),
    )
  })

  it.each([
    [2_450_000, '$24,500'],
    [2_450_050, '$24,500.50'],
    [99, '$0.99'],
    [123_456_789_00, '$123,456,789'],
    [-100_000, '-$1,000'],
  ])('of %d cents reads %s', (cents, words) => {
    expect(formatCents(cents)).toBe(words)
  })

  it('and numbers have their thousands apart', () => {
    expect([formatWholeNumber(7), formatWholeNumber(31_200), formatWholeNumber(1_000_000)]).toEqual(
      ['7', '31,200', '1,000,000'],
    )
  })
})
