import { describe, expect, it } from '@jest/globals'
import { PRICE_CHANGE_REASONS } from '../../src/domain/price-change.ts'

describe('the reasons for a change of a price', () => {
  it('have labels that people read, and values that fit the column', () => {
    for (const [reason, label] of Object.entries(PRICE_CHANGE_REASONS)) {
      expect(reason.length).toBeLessThanOrEqual(20)
      expect(label).toMatch(/^[A-Z]/)
    }
  })
})
