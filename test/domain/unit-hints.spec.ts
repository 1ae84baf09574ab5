import { describe, expect, it } from '@jest/globals'
import { detectUnits } from '../../src/garage/imports/domain/unit-hints.ts'

describe('the units in headers', () => {
  it.each([
    [['Odo (mi)', 'Fuel (litres)'], { distance: 'mi', volume: 'l' }],
    [['Odometer (km)', 'Liters'], { distance: 'km', volume: 'l' }],
    [['Cost/Gallon', 'Gallons'], { volume: 'gallon' }],
    [['Fuel (UK gallons)'], { volume: 'gal_uk' }],
    [['Fuel (US gal)'], { volume: 'gal_us' }],
    [['Miles', 'Kilometers'], {}],
    [['Date', 'Notes'], {}],
  ])('%j are %j', (headers, units) => expect(detectUnits(headers)).toEqual(units))
})
