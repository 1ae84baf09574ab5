import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createLocalReq, type PayloadRequest } from 'payload'
import { buildOwnerTag, cacheKeys } from '../../src/cache/keys.ts'
import { cached } from '../../src/cache/read-cache.ts'
import { withClient } from '../support/databases.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveVehicle } from '../support/builders.ts'
import type { Owner } from '../support/owners.ts'
import { waitUntil } from '../support/work.ts'

let forecourt: TestForecourt
let owner: Owner
let req: PayloadRequest
let computed: number
beforeAll(async () => {
  forecourt = await openForecourt()
})
beforeEach(async () => {
  owner = await forecourt.asOwner()
  req = await createLocalReq({}, forecourt.payload)
  computed = 0
})
afterAll(() => forecourt.close())

/** What an endpoint answers that counts how often it computed the answer. */
async function answer(request: PayloadRequest = req): Promise<unknown> {
  const tags = [buildOwnerTag(owner.subject)]
  const key = cacheKeys.vehicles(owner.subject)
  const response = await cached(request, key, 'test', tags, async () => ({ computed: ++computed }))
  expect(response.headers.get('content-type')).toBe('application/json')
  return response.json()
}

describe('a cached answer', () => {
  it('is computed once, and again after the owner’s rows changed', async () => {
    expect([await answer(), await answer()]).toEqual([{ computed: 1 }, { computed: 1 }])
    await saveVehicle(forecourt.payload, owner.subject)
    expect([await answer(), await answer()]).toEqual([{ computed: 2 }, { computed: 2 }])
  })

  it('is not affected by another owner', async () => {
    await answer()
    await saveVehicle(forecourt.payload, (await forecourt.asOwner()).subject)
    expect(await answer()).toEqual({ computed: 1 })
  })

  it('is neither read nor stored within a transaction, which sees what is not committed', async () => {
    await answer()
    const inTransaction = Object.assign(await createLocalReq({}, forecourt.payload), {
      transactionID: (await forecourt.payload.db.beginTransaction()) ?? undefined,
    })
    expect(await answer(inTransaction)).toEqual({ computed: 2 })
    await forecourt.payload.db.rollbackTransaction(String(inTransaction.transactionID))
    expect(await answer()).toEqual({ computed: 1 })
  })

  it('is dropped when the database was away, since changes may have been missed', async () => {
    await answer()
    const back = new Promise<void>((resolve) => forecourt.watch.once('up', resolve))
    const statement = `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'forecourt-watch' and datname = current_database()`
    await withClient(forecourt.url, (client) => client.query(statement))
    await back
    await waitUntil(async () => forecourt.watch.up, 'the database reports changes')
    expect(await answer()).toEqual({ computed: 2 })
  })
})
