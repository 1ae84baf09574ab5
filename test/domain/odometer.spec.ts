import { describe, expect, it } from '@jest/globals'
import { findOdometerJump } from '../../src/domain/odometer.ts'

const after = (miles: number, daysBefore: number | null) => ({ miles, daysBefore })

describe('an odometer', () => {
  it.each([
    [154_754, after(154_400, 1)],
    [158_000, after(154_400, 0)],
    [200_000, after(20_000, 730)],
    [90_000, after(20_000, null)],
    [320_000, null],
    [320_000, after(0, null)],
    [10_000, after(50_000, 3)],
  ])('of %d miles after %j is plausible', (miles, earlier) =>
    expect(findOdometerJump(miles, earlier)).toBeNull(),
  )

  it.each([
    [1_547_540, after(154_754, 30), 1_392_786],
    [160_000, after(154_000, 1), 6_000],
    [415_000, after(41_500, null), 373_500],
    [1_547_540, null, 1_547_540],
    [1_547_540, after(0, null), 1_547_540],
  ])('of %d miles after %j jumps', (miles, earlier, jump) =>
    expect(findOdometerJump(miles, earlier)).toBe(jump),
  )
})
