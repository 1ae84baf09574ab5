import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { askedDaysAgo, openPurging, type Purging, rowsOf, settled, sweep, tablesThatName } from '../support/purging.ts'
import { postgresOf } from '../../src/database/transaction.ts'
import { makeGarageAdmin } from '../support/owners.ts'
import { until } from '../support/work.ts'

let purging: Purging
beforeAll(async () => {
  purging = await openPurging()
})
afterAll(() => purging.close())

describe('a purge', () => {
  it('names who was a garage admin and made others one nowhere any more, and removes a restored grant again', async () => {
    const [gone, other, stays] = [await settled(purging), await settled(purging), await settled(purging)]
    for (const { subject, email } of [gone, stays]) await makeGarageAdmin(purging.forecourt.payload, subject, email)
    await gone.api.post('/api/admin-users/grant').send({ subject: other.subject }).expect(201)
    await askedDaysAgo(purging, gone, 31)
    expect(await sweep(purging)).toMatchObject({ purged: 1 })
    expect(await tablesThatName(purging, gone.subject)).toEqual([])
    expect(await tablesThatName(purging, gone.email)).toEqual([])
    await makeGarageAdmin(purging.forecourt.payload, gone.subject, gone.email)
    expect(await sweep(purging)).toMatchObject({ purged: 1 })
    expect(await tablesThatName(purging, gone.subject)).toEqual([])
    expect(await sweep(purging)).toMatchObject({ purged: 0 })
  })

  it('goes on with the others where a file of one can not be removed, and keeps that one whole for the next time', async () => {
    const [first, second] = [await settled(purging), await settled(purging)]
    await askedDaysAgo(purging, first, 40)
    await askedDaysAgo(purging, second, 31)
    purging.stuck.add(first.subject)
    const before = await rowsOf(purging, first)
    expect(await sweep(purging)).toMatch(/^Error: 1 of \d accounts could not be removed.*\n.*The storage does not answer\./)
    expect([await rowsOf(purging, first), await rowsOf(purging, second)]).toEqual([before, 0])
    purging.stuck.clear()
    await purging.forecourt.ownerSql(
      `update pgboss.job set start_after = now() where name = 'purge-accounts' and state = 'retry'`,
    )
    await until(async () => (await rowsOf(purging, first)) === 0, 'the run that failed is tried again')
    expect(purging.removed).toContainEqual({ bucket: 'papers', key: first.subject })
  })

  it('removes the file of a document that came while it waited', async () => {
    const gone = await settled(purging)
    await askedDaysAgo(purging, gone, 31)
    const client = await postgresOf(purging.forecourt.payload).pool.connect()
    await client.query('begin')
    await client.query('select 1 from user_profiles where auth0_sub = $1 for update', [gone.subject])
    const swept = sweep(purging)
    const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%deletion_scheduled_at%'`
    await until(async () => (await purging.forecourt.sql(waits)).rows.length > 0, 'the purge waits')
    await purging.forecourt.sql(
      `insert into documents (user_id, vehicle_id, title, document_type, storage_key)
       select user_id, id, 'Late', 'manual', $2 from vehicles where user_id = $1`,
      [gone.subject, `late ${gone.subject}`],
    )
    await client.query('rollback')
    client.release()
    expect(await swept).toMatchObject({ purged: 1 })
    expect(purging.removed.map(({ key }) => key)).toEqual(expect.arrayContaining([gone.subject, `late ${gone.subject}`]))
  })
})
