import { describe, expect, it } from '@jest/globals'
import { unreadSentences, unreadSummary } from '../../plugins/scraping/domain/unread-words.ts'

describe('what could not be read of a list', () => {
  it('is told in words', () => {
    expect(unreadSentences({ priceCents: 3, vin: 1 }, 27)).toEqual([
      '1 of 27 cars has a VIN that could not be read.',
      '3 of 27 cars have a price that could not be read.',
    ])
    expect(unreadSummary({ priceCents: 3, mileage: 1, imageUrl: 1_200 })).toBe(
      '3 prices, 1 mileage and 1,200 photos could not be read',
    )
    expect([unreadSummary({}), unreadSummary({ mileage: 1, what: 2 })]).toEqual([null, '1 mileage could not be read'])
  })
})
