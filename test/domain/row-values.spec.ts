import { describe, expect, it } from '@jest/globals'
import { describeRowProblems, SERVICE_ROW } from '../../src/garage/imports/domain/row-values.ts'

const SERVICE = {
  serviceDate: '2026-01-01',
  odometer: 5,
  category: 'Repair',
  subtypes: null,
  cost: null,
  shopName: null,
  notes: null,
}

describe('the values of a row', () => {
  it('have the limits of their columns', () => {
    expect(SERVICE_ROW.safeParse(SERVICE).success).toBe(true)
    const { error } = SERVICE_ROW.safeParse({ ...SERVICE, odometer: 10_000_001, cost: -1 })
    expect(error && describeRowProblems(error)).toEqual([
      expect.stringContaining('odometer is not valid'),
      expect.stringContaining('cost is not valid'),
    ])
  })
})
