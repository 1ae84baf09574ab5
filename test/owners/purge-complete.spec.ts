import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  backdateDeletionRequest,
  openPurging,
  type Purging,
  countRows,
  createFullOwner,
  hasFile,
  storeFile,
  runPurge,
  findTablesNaming,
} from '../support/purging.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { makeGarageAdmin } from '../support/owners.ts'
import { waitUntil } from '../support/work.ts'

let purging: Purging
beforeAll(async () => {
  purging = await openPurging()
})
afterAll(() => purging.close())

describe('a purge', () => {
  it(
    'names who was a garage admin and made others one nowhere any more, and removes a restored ' +
      'grant again',
    async () => {
      const [gone, other, stays] = [
        await createFullOwner(purging),
        await createFullOwner(purging),
        await createFullOwner(purging),
      ]
      for (const { subject, email } of [gone, stays])
        await makeGarageAdmin(purging.forecourt.payload, subject, email)
      await gone.api.post('/api/admin-users/grant').send({ subject: other.subject }).expect(201)
      await backdateDeletionRequest(purging, gone, 31)
      expect(await runPurge(purging)).toMatchObject({ purged: 1 })
      expect(await findTablesNaming(purging, gone.subject)).toEqual([])
      expect(await findTablesNaming(purging, gone.email)).toEqual([])
      await makeGarageAdmin(purging.forecourt.payload, gone.subject, gone.email)
      expect(await runPurge(purging)).toMatchObject({ purged: 1 })
      expect(await findTablesNaming(purging, gone.subject)).toEqual([])
      expect(await runPurge(purging)).toMatchObject({ purged: 0 })
    },
  )

  it(
    'goes on with the others where a file of one cannot be removed, and keeps that one whole ' +
      'for the next time',
    async () => {
      const [first, second] = [await createFullOwner(purging), await createFullOwner(purging)]
      await backdateDeletionRequest(purging, first, 40)
      await backdateDeletionRequest(purging, second, 31)
      purging.s3.fail(
        { kind: 'status', status: 503 },
        (name) => name === `DELETE owners/papers/${first.subject}`,
      )
      const before = await countRows(purging, first)
      expect(await runPurge(purging)).toMatch(
        /^Error: 1 of \d accounts could not be removed.*\n.*The bucket forecourt-files failed/,
      )
      expect([await countRows(purging, first), await countRows(purging, second)]).toEqual([
        before,
        0,
      ])
      expect(await hasFile(purging, `papers/${first.subject}`)).toBe(true)
      purging.s3.resume()
      await purging.forecourt.ownerSql(
        `update pgboss.job set start_after = now() where name = 'purge-accounts'
          and state = ` + `'retry'`,
      )
      await waitUntil(
        async () => (await countRows(purging, first)) === 0,
        'the run that failed is tried again',
      )
      expect(await hasFile(purging, `papers/${first.subject}`)).toBe(false)
    },
  )

  it('removes the file of a document that came while it waited', async () => {
    const gone = await createFullOwner(purging)
    await backdateDeletionRequest(purging, gone, 31)
    const client = await getPostgresAdapter(purging.forecourt.payload).pool.connect()
    await client.query('begin')
    await client.query('select 1 from user_profiles where auth0_sub = $1 for update', [
      gone.subject,
    ])
    const swept = runPurge(purging)
    const waits =
      `select 1 from pg_stat_activity where wait_event_type = 'Lock'
        and query like ` + `'%deletion_scheduled_at%'`
    await waitUntil(
      async () => (await purging.forecourt.sql(waits)).rows.length > 0,
      'the purge waits',
    )
    await storeFile(purging, `files/late ${gone.subject}`)
    await purging.forecourt.sql(
      `insert into documents (user_id, vehicle_id, title, document_type, storage_key)
       select user_id, id, 'Late', 'manual', $2 from vehicles where user_id = $1`,
      [gone.subject, `late ${gone.subject}`],
    )
    await client.query('rollback')
    client.release()
    expect(await swept).toMatchObject({ purged: 1 })
    for (const place of [`papers/${gone.subject}`, `files/late ${gone.subject}`])
      expect(await hasFile(purging, place)).toBe(false)
  })
})
