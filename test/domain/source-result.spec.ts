import { expect, it } from '@jest/globals'
import { findVehicleKind } from '../../src/vin/domain/source-result.ts'

it.each([
  ['Passenger Car', null, 'light'],
  ['Multipurpose Passenger Vehicle (MPV)', null, 'light'],
  ['Multipurpose Passenger Vehicle (MPV)', 'Class 3: 10,001 - 14,000 lb', 'other'],
  ['Truck', 'Class 2F: 7,001 - 8,000 lb (3,175 - 3,629 kg)', 'light'],
  ['Truck', 'Class 8: 33,001 lb and above', 'other'],
  ['Truck', null, null],
  ['Bus', null, 'other'],
  ['Motorcycle', null, 'other'],
  [null, null, null],
])('a %s of %s is %s', (vehicleType, grossWeight, kind) => {
  expect(findVehicleKind({ vehicleType, grossWeight })).toBe(kind)
})
