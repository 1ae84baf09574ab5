import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  amountToCents,
  centsToAmount,
  formatDecimal,
  formatExactMoney,
  formatMoney,
  formatUnitPrice,
  getCurrencySign,
  hasCents,
  isCurrency,
} from '../../src/domain/money.ts'

describe('a currency', () => {
  it.each(['USD', 'EUR', 'JPY'])('%s is one', (code) => expect(isCurrency(code)).toBe(true))
  it.each(['usd', 'US', 'DOLLAR', 'XQZ', '', 1, null])('%j is none', (code) =>
    expect(isCurrency(code)).toBe(false),
  )

  it.each([
    ['USD', true],
    ['CAD', true],
    ['JPY', false],
    ['KWD', false],
  ])('%s has hundredths: %j', (code, expected) => expect(hasCents(code)).toBe(expected))

  it.each([
    ['USD', '$'],
    ['CAD', '$'],
    ['EUR', '€'],
    ['CHF', 'CHF'],
  ])('%s has the sign %s', (code, sign) => expect(getCurrencySign(code)).toBe(sign))
})

describe('money', () => {
  it.each([
    ['24500.00', 2_450_000],
    [0.29, 29],
    [1.1, 110],
    ['99999999.99', 9_999_999_999],
  ])('of %j is %d cents', (amount, cents) => {
    expect(amountToCents(amount)).toBe(cents)
  })

  it.each(['a lot', NaN, Infinity])('is no amount as %j', (amount) => {
    expect(() => amountToCents(amount)).toThrow('is not an amount of money')
  })

  it('comes back from cents to a decimal as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (cents) =>
        expect(amountToCents(centsToAmount(cents))).toBe(cents),
      ),
    )
  })

  it.each([
    [2_450_000, 'USD', '$24,500'],
    [2_450_050, 'USD', '$24,500.50'],
    [99, 'USD', '$0.99'],
    [123_456_789_00, 'USD', '$123,456,789'],
    [-100_000, 'USD', '-$1,000'],
    [2_450_050, 'EUR', '€24,500.50'],
    [2_450_000, 'CAD', '$24,500'],
  ])('of %d cents in %s is shown as %s', (cents, currency, text) => {
    expect(formatMoney({ cents, currency })).toBe(text)
  })

  it('has up to four decimal places as a price per unit', () => {
    expect([0.3816, 0.4, 12].map((price) => formatUnitPrice(price, 'USD'))).toEqual([
      '$0.3816',
      '$0.40',
      '$12.00',
    ])
    expect(formatUnitPrice(0.25, 'EUR')).toBe('€0.25')
  })

  it('is a decimal with two places in a column', () => {
    expect([3500, 5].map(formatDecimal)).toEqual(['35.00', '0.05'])
  })
})

it('an amount of a column has all places of its currency', () => {
  expect(formatExactMoney({ cents: 2_450_000, currency: 'USD' })).toBe('$24,500.00')
  expect(formatExactMoney({ cents: 2_450_050, currency: 'EUR' })).toBe('€24,500.50')
})
