import { describe, expect, it } from '@jest/globals'
import { findNearest } from '../../plugins/notifications/domain/nearest-name.ts'

const NAMES = ['userName', 'vehicleName', 'dueDate', 'dueMileage']

describe('the nearest name', () => {
  it.each([
    ['vehicleName', 'vehicleName'],
    ['VEHICLE-NAME', 'vehicleName'],
    ['vehicelName', 'vehicleName'],
    ['vehicleNam', 'vehicleName'],
    ['usrName', 'userName'],
    ['upper dueDate', 'dueDate'],
    ['duedates', 'dueDate'],
  ])('of %s is %s', (written, name) => {
    expect(findNearest(written, NAMES)).toBe(name)
  })

  it.each(['ownerFirstName', '', 'x', '#if', '__proto__'])('does not exist for "%s"', (written) => {
    expect(findNearest(written, NAMES)).toBeNull()
  })
})
