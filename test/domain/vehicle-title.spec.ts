import { describe, expect, it } from '@jest/globals'
import { formatVehicleName, formatVehicleTitle } from '../../src/domain/vehicle-title.ts'

describe('the name of an owner’s vehicle', () => {
  const car = {
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    vin: '1HGCV1F30MA000001',
    licensePlate: '7ABC123',
  }

  it('is its nickname', () =>
    expect(formatVehicleTitle({ ...car, nickname: 'The old one' })).toBe('The old one'))
  it('is what it is, without one', () =>
    expect(formatVehicleTitle({ ...car, nickname: null })).toBe('2021 Honda Accord'))
  it('is its plate when nothing else is known', () =>
    expect(formatVehicleTitle({ licensePlate: '7ABC123' })).toBe('7ABC123'))
  it('is its VIN at last', () => expect(formatVehicleTitle({ vin: car.vin })).toBe(car.vin))

  it('is short in a sentence: the nickname, else the model, else as on its screen', () => {
    expect(formatVehicleName({ ...car, nickname: 'The old one' })).toBe('The old one')
    expect(formatVehicleName({ ...car, nickname: '' })).toBe('Accord')
    expect(formatVehicleName({ licensePlate: '7ABC123' })).toBe('7ABC123')
  })
})
