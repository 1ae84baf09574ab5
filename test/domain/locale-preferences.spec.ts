import { describe, expect, it } from '@jest/globals'
import { derivePreferences } from '../../src/domain/locale-preferences.ts'

const DEFAULTS = { unitSystem: 'imperial', currencyCode: 'USD', timeZone: 'America/New_York' }

describe('first preferences', () => {
  it.each([
    ['en-US', 'imperial', 'USD'],
    ['en_GB', 'imperial', 'GBP'],
    ['de-AT', 'metric', 'EUR'],
    ['fr-CA', 'metric', 'CAD'],
    ['zh-Hant-TW', 'metric', 'TWD'],
    ['sw-KE', 'metric', 'USD'],
  ])('of %s are %s and %s', (locale, unitSystem, currencyCode) => {
    expect(derivePreferences(locale, undefined)).toEqual({ ...DEFAULTS, unitSystem, currencyCode })
  })

  it.each([['en'], [''], [undefined], [42], ['not a locale!'], ['x'.repeat(400)]])(
    'of %j are the defaults',
    (locale) => {
      expect(derivePreferences(locale, 'Mars/Olympus')).toEqual(DEFAULTS)
    },
  )

  it('take the zone that is said', () => {
    expect(derivePreferences(undefined, 'Europe/Berlin')).toEqual({
      ...DEFAULTS,
      timeZone: 'Europe/Berlin',
    })
  })
})
