import { describe, expect, it } from '@jest/globals'
import { parseSharedVehicles } from '../../src/domain/shared-vehicle.ts'

describe('the vehicles shared with an owner', () => {
  it('are read from what the database returns', () => {
    const shared = [{ vehicle: 'a', owner: 'auth0|ann', role: 'editor' }]
    expect(parseSharedVehicles(shared)).toEqual(shared)
    expect(parseSharedVehicles([])).toEqual([])
  })

  it.each([null, undefined, [{ vehicle: 'a', owner: 'b', role: 'owner' }], [{}]])(
    'are never %j: an unknown role gives no access',
    (loaded) => {
      expect(() => parseSharedVehicles(loaded)).toThrow()
    },
  )
})
