import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type MeasuredFields,
  convertEntered,
  readDistanceUnit,
  readVolumeUnit,
  restoreEntered,
} from '../../src/garage/domain/entered-units.ts'
import { toGallons, toPricePerGallon } from '../../src/garage/domain/units.ts'

const FIELDS: MeasuredFields = {
  odometer: 'distance',
  tripDistance: 'distance',
  intervalMiles: 'whole distance',
  fuelUnits: 'volume',
  costPerUnit: 'price per volume',
}

describe('a row as entered', () => {
  it.each([
    [{ odometer: 100 }, { odometer: 100 }],
    [{ odometer: 100, distanceUnit: 'mi' }, { odometer: 100 }],
    [{ odometer: 100, distanceUnit: 'km' }, { odometer: 62.137 }],
    [{ odometer: '100', distanceUnit: 'km' }, { odometer: 62.137 }],
    [{ odometer: null, distanceUnit: 'km' }, { odometer: null }],
    [{ odometer: 'far', distanceUnit: 'km' }, { odometer: 'far' }],
    [{ odometer: 100, distanceUnit: 'furlong' }, { odometer: 100 }],
    [{ intervalMiles: 15_000, distanceUnit: 'km' }, { intervalMiles: 9_321 }],
    [{ fuelUnits: 40, distanceUnit: 'km' }, { fuelUnits: 40 }],
    [
      { fuelUnits: 40, costPerUnit: 1.799, volumeUnit: 'l' },
      { fuelUnits: 10.567, costPerUnit: 6.81 },
    ],
    [
      { fuelUnits: 40.1234, volumeUnit: 'kwh', odometer: 1.2345 },
      { fuelUnits: 40.1234, odometer: 1.2345 },
    ],
    [
      { odometer: 1.2345, fuelUnits: 40, volumeUnit: 'l' },
      { odometer: 1.2345, fuelUnits: 10.567 },
    ],
    [{ notes: '5', distanceUnit: 'km' }, { notes: '5' }],
  ])('%j is stored as %j', (entered, stored) =>
    expect(convertEntered(entered, FIELDS)).toEqual({ ...entered, ...stored }),
  )

  it('is in miles and US gallons unless it names other units', () => {
    expect([readDistanceUnit({}), readDistanceUnit({ distanceUnit: 'km' })]).toEqual(['mi', 'km'])
    expect([readVolumeUnit({}), readVolumeUnit({ volumeUnit: 'l' })]).toEqual(['gal_us', 'l'])
  })
})

describe('an amount and price that are stored per gallon', () => {
  it('are restored as they were entered in liters', () => {
    const liters = fc.integer({ min: 1, max: 20_000 }).map((digits) => digits / 100)
    const price = fc.integer({ min: 1, max: 9_999 }).map((digits) => digits / 1_000)
    fc.assert(
      fc.property(liters, price, (units, perLiter) => {
        const stored = { units: toGallons(units, 'l'), price: toPricePerGallon(perLiter, 'l') }
        expect(restoreEntered(stored, 'l')).toEqual({ units, price: perLiter })
      }),
    )
  })

  it('stay as they are if they were entered in gallons', () => {
    expect(restoreEntered({ units: 11.234, price: 3.459 }, 'l')).toEqual({
      units: 11.234,
      price: 3.459,
    })
    expect(restoreEntered({ units: 11.234, price: 3.459 }, 'gal_us')).toEqual({
      units: 11.234,
      price: 3.459,
    })
  })
})
