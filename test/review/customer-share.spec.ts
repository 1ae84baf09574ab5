import { describe, expect, it } from '@jest/globals'
import { computeCustomerShare } from '../../src/review/domain/customer-share.ts'

describe('what the customer gets', () => {
  it.each([
    [1_500_000, 400_000, 1_100_000],
    [1_500_000, null, 1_500_000],
    [1_500_000, 1_800_000, -300_000],
    [0, 400_000, -400_000],
    [null, 400_000, null],
  ])('is for an offer of %p cents and a payoff of %p: %p', (offerCents, payoffCents, share) => {
    expect(computeCustomerShare({ offerCents, payoffCents })).toBe(share)
  })
})
