import { expect, it } from '@jest/globals'
import { isComplete } from '../../src/vin/domain/decoding.ts'
import { buildFacts, merge } from '../support/vin-facts.ts'

it('is complete once every source that is on has answered', () => {
  const facts = buildFacts({ make: 'Honda' })
  const vpic = { status: 'decoded', facts, isConfirmed: true, message: null } as const
  expect(isComplete(merge({ vpic }))).toBe(true)
  expect(isComplete(merge({ offline: { status: 'no_data', message: 'unknown' } }))).toBe(true)
  expect(isComplete(merge({ vpic: { status: 'unavailable', message: 'slow' } }))).toBe(false)
})
