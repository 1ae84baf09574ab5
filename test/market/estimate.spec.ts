import { describe, expect, it } from '@jest/globals'
import {
  roundEstimate,
  roundEstimateDown,
  roundEstimateUp,
} from '../../plugins/market/domain/estimate.ts'

describe('an estimate', () => {
  it.each([
    [2_187_499, 2_185_000],
    [2_187_500, 2_190_000],
    [2_190_000, 2_190_000],
    [100, 5_000],
  ])('of %d cents is rounded to fifty dollars: %d', (cents, rounded) => {
    expect(roundEstimate(cents)).toBe(rounded)
  })

  it('is rounded up or down where a limit must hold', () => {
    expect([roundEstimateUp(2_180_001), roundEstimateDown(2_184_999)]).toEqual([
      2_185_000, 2_180_000,
    ])
    expect([roundEstimateUp(2_180_000), roundEstimateDown(2_180_000)]).toEqual([
      2_180_000, 2_180_000,
    ])
  })
})
