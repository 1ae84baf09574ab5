import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  fromGallons,
  fromMiles,
  fromPricePerGallon,
  fromWholeMiles,
  resolveOwnerUnits,
  toGallons,
  toMiles,
  toPricePerGallon,
  toWholeMiles,
} from '../../src/garage/domain/units.ts'

/** A decimal with a number of places, as an owner types it. */
const decimals = (places: number, max: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((digits) => digits / 10 ** places)

describe('a distance', () => {
  it.each([
    [100, 'km', 62.137],
    [160_934.4, 'km', 100_000],
    [1.6, 'km', 0.994],
    [10_852.5, 'mi', 10_852.5],
    [0, 'km', 0],
    [-100, 'km', -62.137],
  ] as const)('of %d %s is %d miles', (value, unit, miles) =>
    expect(toMiles(value, unit)).toBe(miles),
  )

  it('of kilometers with one decimal place comes back as it was typed', () => {
    fc.assert(
      fc.property(decimals(1, 10_000_000), (km) =>
        expect(fromMiles(toMiles(km, 'km'), 'km')).toBe(km),
      ),
    )
  })

  it('of miles is not changed', () => {
    fc.assert(
      fc.property(decimals(3, 10_000_000), (miles) => {
        expect(toMiles(miles, 'mi')).toBe(miles)
        expect(fromMiles(miles, 'mi')).toBe(miles)
      }),
    )
  })

  it('cannot be converted unless it is a finite number', () => {
    expect(() => toMiles(Infinity, 'km')).toThrow('Infinity is not a number to convert.')
    expect(() => fromGallons(Number.NaN, 'l')).toThrow('NaN is not a number to convert.')
  })
})

describe('an interval in whole miles', () => {
  it.each([1_000, 5_000, 7_500, 10_000, 12_000, 15_000, 20_000, 30_000, 60_000, 100_000, 240_000])(
    'comes back as the %d km that were typed',
    (km) => expect(fromWholeMiles(toWholeMiles(km, 'km'), 'km')).toBe(km),
  )

  it('comes back within a kilometer of what was typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16_000_000 }), (km) => {
        const back = fromWholeMiles(toWholeMiles(km, 'km'), 'km')
        expect(Math.abs(back - km)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is not changed for an owner with miles', () =>
    expect(fromWholeMiles(3_001, 'mi')).toBe(3_001))
})

describe('an amount of fuel', () => {
  it.each([
    [40, 'l', 10.567],
    [3.785_411_784, 'l', 1],
    [10, 'gal_uk', 12.009],
    [14.212, 'gal_us', 14.212],
    [61.78, 'kwh', 61.78],
  ] as const)('of %d %s is %d US gallons, or kWh', (value, unit, gallons) =>
    expect(toGallons(value, unit)).toBe(gallons),
  )

  it.each([
    ['l', 2],
    ['gal_uk', 3],
    ['gal_us', 3],
    ['kwh', 3],
  ] as const)('in %s with %d decimal places comes back as it was typed', (unit, places) => {
    fc.assert(
      fc.property(decimals(places, 1_000_000), (value) =>
        expect(fromGallons(toGallons(value, unit), unit)).toBe(value),
      ),
    )
  })
})

describe('a price per unit of fuel', () => {
  it.each([
    [1.799, 'l', 6.81],
    [6.5, 'gal_uk', 5.412],
    [3.459, 'gal_us', 3.459],
    [0.43, 'kwh', 0.43],
  ] as const)('of %d per %s is %d per US gallon, or kWh', (price, unit, perGallon) =>
    expect(toPricePerGallon(price, unit)).toBe(perGallon),
  )

  it.each([
    ['l', 3],
    ['gal_uk', 2],
    ['gal_us', 3],
    ['kwh', 3],
  ] as const)('per %s with %d decimal places comes back as it was typed', (unit, places) => {
    fc.assert(
      fc.property(decimals(places, 1_000), (price) =>
        expect(fromPricePerGallon(toPricePerGallon(price, unit), unit)).toBe(price),
      ),
    )
  })
})

describe('the units of an owner', () => {
  it.each([
    [{}, 'mi', 'gal_us', 'mpg'],
    [{ unitSystem: 'metric' }, 'km', 'l', 'l_per_100km'],
    [{ unitSystem: 'imperial', volumeUnit: 'l' }, 'mi', 'l', 'mpg_uk'],
    [{ unitSystem: 'imperial', volumeUnit: 'gal_uk' }, 'mi', 'gal_uk', 'mpg_uk'],
    [{ unitSystem: 'metric', volumeUnit: 'gal_us' }, 'km', 'gal_us', 'km_per_l'],
    [{ unitSystem: 'metric', economyUnit: 'km_per_l' }, 'km', 'l', 'km_per_l'],
    [{ unitSystem: 'metric', distanceUnit: 'mi' }, 'mi', 'l', 'mpg_uk'],
    [{ distanceUnit: 'furlong' }, 'mi', 'gal_us', 'mpg'],
  ])('from %j are %s, %s and %s', (stored, distance, volume, economy) =>
    expect(resolveOwnerUnits(stored)).toMatchObject({ distance, volume, economy }),
  )

  it('come with their currency and time zone', () => {
    expect(resolveOwnerUnits({ currencyCode: 'EUR', timeZone: 'Europe/Berlin' })).toMatchObject({
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    })
    expect(resolveOwnerUnits({})).toMatchObject({ currency: 'USD', timeZone: 'America/New_York' })
  })
})
