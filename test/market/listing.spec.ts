import { describe, expect, it } from '@jest/globals'
import { isBrandedTitle, isSameName, normalizeName } from '../../plugins/market/domain/listing.ts'

describe('a title', () => {
  it.each([
    'Salvage',
    'REBUILT',
    'EX rebuilt title',
    'Flood',
    'lemon law',
    'Manufacturer Buyback',
    'Total loss',
    'Totalled',
    'Salvaged',
    'Flooded 2022',
    'has title brand',
    'Non-repairable',
  ])('that says %s is branded', (words) => {
    expect(isBrandedTitle(null, words)).toBe(true)
  })

  it.each(['Clean', 'EX-L', 'Sport 2.0T', '', null, undefined, 'Floodlight package'])(
    'that says %j is clean',
    (words) => {
      expect(isBrandedTitle(words)).toBe(false)
    },
  )
})

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
