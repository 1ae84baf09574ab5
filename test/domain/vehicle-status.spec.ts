import { describe, expect, it } from '@jest/globals'
import { findVehicleStatus } from '../../src/garage/domain/vehicle-status.ts'

const TODAY = '2026-03-05'

describe('the status of a vehicle', () => {
  it.each([
    ['active', true, null],
    ['archived', false, null],
    ['sold', true, TODAY],
    ['sold', false, '2026-03-04'],
    ['active', true, '2026-03-06'],
    ['archived', false, '2026-03-06'],
  ] as const)('is %s if in use: %s, sold: %s', (status, isActive, soldDate) => {
    expect(findVehicleStatus({ isActive, soldDate }, TODAY)).toBe(status)
  })
})
