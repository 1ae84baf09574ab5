import { describe, expect, it } from '@jest/globals'
import { isSameName, normalizeName } from '../../plugins/market/domain/listing.ts'

describe('a name', () => {
  it.each([
    ['F-150', 'f150'],
    ['Mercedes-Benz', 'MERCEDES BENZ'],
    ['Model 3', ' model3 '],
    ['Škoda', 'ŠKODA'],
  ])('%s is the same as %s', (one, other) => {
    expect(isSameName(one, other)).toBe(true)
  })

  it('is not the same as another, and nothing is no name', () => {
    expect(isSameName('Accord', 'Civic')).toBe(false)
    expect(isSameName('', '')).toBe(false)
    expect(isSameName('-', ' ')).toBe(false)
    expect(normalizeName('CR-V')).toBe('crv')
  })
})
