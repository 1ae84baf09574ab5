import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { releaseFirstClient } from '../../../src/database/payload-patches/first-client.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({ collections: [], patchPool: releaseFirstClient })
  await nextTurn()
})
afterAll(() => stage.close())

/** How many clients of its pool a Payload uses while nothing runs. */
function countUsedClients({ payload }: SmallPayload): number {
  const { totalCount, idleCount } = getPostgresAdapter(payload).pool
  return totalCount - idleCount
}

describe('the patch first-client', () => {
  it('is needed while Payload never releases the client that it connects with', () => {
    expect(countUsedClients(stage.bare)).toBe(1)
  })

  it('leaves every client to requests', async () => {
    expect(countUsedClients(stage.patched)).toBe(0)
    expect((await stage.patched.db.find({ collection: 'users' })).docs).toEqual([])
    expect(countUsedClients(stage.patched)).toBe(0)
  })
})
