import { describe, expect, it } from '@jest/globals'
import { findCommonEconomy, mayHaveEngine, pickModelNames } from '../../src/vin/domain/economy.ts'

const query = { year: 2022, make: 'Ford', model: 'F-150', engine: null, drivetrain: null }
const names = ['F150 Pickup 2WD', 'F150 Pickup 4WD', 'F150 Raptor 4WD', 'Escape FWD', 'Escape AWD']

describe('the names of a model at fueleconomy.gov', () => {
  it('may have a body and a drivetrain, but no other word', () => {
    expect(pickModelNames(names, query)).toEqual(['F150 Pickup 2WD', 'F150 Pickup 4WD'])
  })

  it('are those with the drivetrain of the vehicle', () => {
    expect(pickModelNames(names, { ...query, drivetrain: '4WD' })).toEqual(['F150 Pickup 4WD'])
    expect(pickModelNames(names, { ...query, model: 'Escape', drivetrain: 'FWD' })).toEqual([
      'Escape FWD',
    ])
  })
})

it.each([
  ['Auto (S10), 6 cyl, 3.5 L, Turbo', '3.5L V6 Turbo', true],
  ['Auto (S10), 8 cyl, 5.0 L', '3.5L V6 Turbo', false],
  ['Auto (S10), 8 cyl, 5.0 L', '8-Cylinder', true],
  ['Auto (S10), 8 cyl, 5.0 L', null, true],
  ['Auto (A1)', 'Electric', true],
])('compares the version %s with the engine %s', (version, engine, may) => {
  expect(mayHaveEngine(version, engine)).toBe(may)
})

it('takes from several versions only what they have in common', () => {
  const one = { city: 20, highway: 26, twoDoorVolume: 0, fourDoorVolume: 103 }
  expect(findCommonEconomy([one, { ...one, highway: 24 }])).toEqual({
    mpgCity: 20,
    mpgHighway: null,
    doors: 4,
  })
  expect(findCommonEconomy([{ ...one, twoDoorVolume: 90 }]).doors).toBeNull()
  expect(findCommonEconomy([])).toEqual({ mpgCity: null, mpgHighway: null, doors: null })
})
