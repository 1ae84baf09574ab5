import { describe, expect, it } from '@jest/globals'
import { isBrandedTitle } from '../../src/domain/branded-title.ts'

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
