import { expect, it } from '@jest/globals'
import { DeliveryFailure } from '../../plugins/exports/domain/delivery-failure.ts'

it('only a failure that may pass without a person is temporary', () => {
  const isTemporary = (kind: DeliveryFailure['kind']) => new DeliveryFailure(kind, 'x').isTemporary
  expect([isTemporary('unreachable'), isTemporary('interrupted'), isTemporary('full')]).toEqual([
    true,
    true,
    true,
  ])
  expect([isTemporary('sign-in'), isTemporary('identity'), isTemporary('folder')]).toEqual([
    false,
    false,
    false,
  ])
})
