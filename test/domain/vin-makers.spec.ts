import { describe, expect, it } from '@jest/globals'
import { hasKnownMaker } from '../../src/domain/vin-makers.ts'

describe('a maker', () => {
  it.each([
    '1HGCM82633A004352',
    '1FTFW1E50MFA00003',
    'WVWZZZ3CZEE140287',
    'JHLRD77874C026456',
    'LVGBM53E5GG123456',
    '1M9GDM9AXKP042788',
  ])('is known by the first three characters of a VIN: %s', (vin) =>
    expect(hasKnownMaker(vin)).toBe(true),
  )

  it.each(['7FTFW1E50MFA00003', 'QQQ', '000', ''])('is not known: %j', (vin) =>
    expect(hasKnownMaker(vin)).toBe(false),
  )
})
