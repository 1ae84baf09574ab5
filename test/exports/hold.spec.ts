import { expect, it } from '@jest/globals'
import { findHoldReason } from '../../plugins/exports/domain/hold.ts'

it('a feed may lose up to 30 % of its cars', () => {
  expect(findHoldReason(10, 7)).toBeNull()
  expect(findHoldReason(10, 6)).toBe(
    'The feed has 6 cars, 40 % fewer than the 10 of the last delivery.',
  )
  expect(findHoldReason(null, 1)).toBeNull()
  expect(findHoldReason(1, 50)).toBeNull()
})

it('an empty feed is held, unless an empty one was released before', () => {
  expect(findHoldReason(null, 0)).toContain('it would be the first delivery')
  expect(findHoldReason(1, 0)).toBe('The feed is empty; the last delivery had 1 car.')
  expect(findHoldReason(0, 0)).toBeNull()
})
