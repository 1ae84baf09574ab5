import { describe, expect, it } from '@jest/globals'
import { isCurrency } from '../../src/domain/currency.ts'

describe('a currency', () => {
  it.each(['USD', 'EUR', 'JPY'])('%s is one', (code) => expect(isCurrency(code)).toBe(true))
  it.each(['usd', 'US', 'DOLLAR', 'XQZ', '', 1, null])('%j is none', (code) =>
    expect(isCurrency(code)).toBe(false),
  )
})
