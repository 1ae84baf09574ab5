import { describe, expect, it } from '@jest/globals'
import { computeDaysSupply } from '../../plugins/market/domain/days-supply.ts'

describe('the market days supply', () => {
  it.each([
    [45, 45, 45],
    [30, 9, 150],
    [10, 90, 5],
    [0, 4, 0],
  ])('of %i cars where %i were sold in 45 days is %i days', (forSale, sold, days) => {
    expect(computeDaysSupply({ forSale, sold, observedDays: 45 })).toEqual({ days, reason: null })
  })

  it('is not known before 45 days of record, and the reason says how many there are', () => {
    expect(computeDaysSupply({ forSale: 30, sold: 9, observedDays: 44 })).toEqual({
      days: null,
      reason: 'Such cars have been recorded for 44 days; 45 days are needed.',
    })
    expect(computeDaysSupply({ forSale: 30, sold: 9, observedDays: 1 }).reason).toContain(
      'for 1 day;',
    )
  })

  it('is not known where nothing is sold', () => {
    expect(computeDaysSupply({ forSale: 30, sold: 0, observedDays: 400 })).toEqual({
      days: null,
      reason: 'No such car was sold in the past 45 days.',
    })
  })
})
