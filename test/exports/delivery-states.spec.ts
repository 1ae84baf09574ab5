import { expect, it } from '@jest/globals'
import { DELIVERY_STATES } from '../../plugins/exports/domain/delivery-states.ts'

it('every state of a delivery has its own words', () => {
  const words = Object.values(DELIVERY_STATES)
  expect(new Set(words).size).toBe(7)
  expect(words.every((one) => one.length > 0)).toBe(true)
})
