import { expect, it } from '@jest/globals'
import {
  roundEstimate,
  roundEstimateDown,
  roundEstimateUp,
} from '../../plugins/market/domain/estimate.ts'

it.each([
  [3_564_286, 3_565_000, 3_560_000, 3_565_000],
  [3_565_000, 3_565_000, 3_565_000, 3_565_000],
  [2_499, 5_000, 0, 5_000],
  [7_500, 10_000, 5_000, 10_000],
])('an estimate of %d cents is rounded to fifty dollars', (cents, nearest, down, up) => {
  expect([roundEstimate(cents), roundEstimateDown(cents), roundEstimateUp(cents)]).toEqual([
    nearest,
    down,
    up,
  ])
})
