import { expect, it } from '@jest/globals'
import {
  compareListings,
  formatDiff,
  MAX_CHANGES,
} from '../../plugins/exports/domain/compare-listings.ts'
import type { ListedCar } from '../../plugins/exports/domain/generated-feed.ts'

const car = (carId: string, price = 100): ListedCar => ({
  carId,
  vin: `VIN${carId}`,
  price,
  status: 'available',
})

it('a diff counts cars that came, left, and have another price', () => {
  const diff = compareListings([car('a'), car('b'), car('c')], [car('b', 90), car('c'), car('d')])
  expect(diff).toEqual({
    added: 1,
    removed: 1,
    repriced: 1,
    changes: [
      { kind: 'added', carId: 'd', vin: 'VINd', before: null, after: 100 },
      { kind: 'removed', carId: 'a', vin: 'VINa', before: 100, after: null },
      { kind: 'repriced', carId: 'b', vin: 'VINb', before: 100, after: 90 },
    ],
  })
  expect(formatDiff(diff)).toBe('+1 −1 ~1 price')
  expect(formatDiff({ added: 3, removed: 1, repriced: 7 })).toBe('+3 −1 ~7 prices')
  expect(formatDiff(compareListings([car('a')], [car('a')]))).toBe('No changes')
})

it('a diff lists a bounded number of changes, and counts all', () => {
  const cars = Array.from({ length: MAX_CHANGES + 5 }, (_, index) => car(String(index)))
  const { added, changes } = compareListings([], cars)
  expect([added, changes.length]).toEqual([MAX_CHANGES + 5, MAX_CHANGES])
})
