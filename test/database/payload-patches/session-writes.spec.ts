import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { addSessionToUser } from 'payload/shared'
import { createLocalReq } from 'payload'
import { narrowSessionWrites } from '../../../src/database/payload-patches/session-writes.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({
    collections: [
      {
        slug: 'users',
        auth: true,
        fields: [
          { name: 'role', type: 'text' },
          { name: 'isActive', type: 'checkbox' },
        ],
      },
    ],
    patch: narrowSessionWrites,
  })
  await stage.query('create table session (sid text primary key, sess json, expire timestamptz)')
  await stage.query('create table device_secrets (user_id uuid primary key, secret text)')
})
afterAll(() => stage.close())
beforeEach(() => stage.query('delete from users'))

/** Signs in to an account as Payload does, while an admin deactivates it. */
async function signInDuringDeactivation({ payload, db }: SmallPayload): Promise<void> {
  await db.create({ collection: 'users', data: { email: 'ann@example.com', isActive: true } })
  const user = await db.findOne({ collection: 'users', where: { email: { exists: true } } })
  await stage.query('update users set is_active = false')
  await addSessionToUser({
    collectionConfig: payload.collections.users.config,
    payload,
    req: await createLocalReq({}, payload),
    user: user as never,
  })
}

const readAccounts = () =>
  stage.query(`select is_active as "isActive", (select count(*)::int from users_sessions) as sessions
    from users`)

describe('the patch session-writes', () => {
  it('is needed while Payload writes the whole user as it was read before', async () => {
    await signInDuringDeactivation(stage.bare)
    expect(await readAccounts()).toEqual([{ isActive: true, sessions: 1 }])
  })

  it('writes nothing but the sessions', async () => {
    await signInDuringDeactivation(stage.patched)
    expect(await readAccounts()).toEqual([{ isActive: false, sessions: 1 }])
  })
})
