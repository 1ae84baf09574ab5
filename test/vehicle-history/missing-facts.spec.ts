import { describe, expect, it } from '@jest/globals'
import { joinNames, requireFacts } from '../../src/vehicle-history/domain/missing-facts.ts'

const FACTS = { vin: '1HGCM82633A004352', year: 2003, make: 'Honda', model: 'Accord', mileage: 9 }

describe('a vehicle that is sent to the dealer', () => {
  it('has a VIN, a year, a make, a model and an odometer reading', () => {
    expect(requireFacts(FACTS)).toEqual({ facts: FACTS })
  })

  it.each([
    [{ vin: null }, ['VIN']],
    [{ mileage: 0, vin: '' }, ['VIN', 'odometer reading']],
    [{ year: null, make: null, model: null }, ['year', 'make', 'model']],
  ])('with %j lacks %j', (about, missing) => {
    expect(requireFacts({ ...FACTS, ...about })).toEqual({ missing })
  })

  it('is told what it lacks in words', () => {
    expect(joinNames(['VIN'])).toBe('VIN')
    expect(joinNames(['VIN', 'year', 'make'])).toBe('VIN, year and make')
    expect(joinNames([])).toBe('')
  })
})
