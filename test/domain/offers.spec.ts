import { describe, expect, it } from '@jest/globals'
import {
  computeExpiry,
  describeVehicle,
  normalizeAddress,
} from '../../src/sharing/domain/offers.ts'

describe('an offer', () => {
  it('expires after 14 days', () => {
    expect(computeExpiry(new Date('2026-02-20T10:00:00Z'))).toEqual(
      new Date('2026-03-06T10:00:00Z'),
    )
  })

  it('is for an address in any case', () => {
    expect(normalizeAddress(' Ann@Example.COM ')).toBe('ann@example.com')
  })

  it('names the vehicle without words of its owner', () => {
    expect(describeVehicle({ year: 2021, make: 'Honda', model: 'Accord' })).toBe(
      '2021 Honda Accord',
    )
    expect(describeVehicle({ year: 2021, make: null, model: null })).toBe('a 2021 vehicle')
    expect(describeVehicle({ year: null, make: '', model: null })).toBe('a vehicle')
  })
})
