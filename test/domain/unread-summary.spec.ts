import { describe, expect, it } from '@jest/globals'
import {
  describeUnreadFields,
  formatUnreadSummary,
} from '../../plugins/scraping/domain/unread-summary.ts'

describe('what could not be read of a list', () => {
  it('is told in words', () => {
    expect(describeUnreadFields({ priceCents: 3, vin: 1 }, 27)).toEqual([
      '1 of 27 cars has a VIN that could not be read.',
      '3 of 27 cars have a price that could not be read.',
    ])
    expect(formatUnreadSummary({ priceCents: 3, mileage: 1, imageUrl: 1_200 })).toBe(
      '3 prices, 1 mileage and 1,200 photos could not be read',
    )
    expect([formatUnreadSummary({}), formatUnreadSummary({ mileage: 1, what: 2 })]).toEqual([
      null,
      '1 mileage could not be read',
    ])
  })
})
