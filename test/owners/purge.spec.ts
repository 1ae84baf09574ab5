import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { StoredFile } from '../../src/owners/files.ts'
import { ownedTables } from '../../src/owners/owned-tables.ts'
import { aFuelLog, anyVin } from '../support/builders.ts'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from '../support/issued.ts'
import { makeGarageAdmin } from '../support/owners.ts'
import { queueJob, runEnded, working } from '../support/work.ts'

const removed: StoredFile[] = []
let forecourt: IssuedForecourt
let engine: Engine
beforeAll(async () => {
  const remove = (file: StoredFile) => Promise.resolve(void removed.push(file))
  forecourt = await openIssued(TERMS, { remove, open: () => Promise.resolve(null) })
  engine = await working(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

/** An owner with a row in every table that an owner may fill, and a file. */
async function settled(): Promise<Issued> {
  const ann = await forecourt.arrives()
  await ann.api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' }).expect(201)
  const { body } = await ann.api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)
  const vehicle = body.doc.id as string
  await ann.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
  await ann.api.post('/api/documents').send({ vehicle, title: 'Policy', documentType: 'insurance' }).expect(201)
  await forecourt.sql(`update documents set storage_bucket = 'papers', storage_key = $1 where user_id = $1`, [ann.subject])
  await forecourt.sql(
    `insert into notification_logs (user_id, notification_type, template_key) values ($1, 'email', 'document_expired')`,
    [ann.subject],
  )
  return ann
}

const rowsOf = async ({ subject }: Issued): Promise<number> => {
  const tables = [...ownedTables(forecourt.payload), { table: 'user_profiles', column: 'auth0_sub' }]
  const counts = tables.map(({ table, column }) => `(select count(*) from ${table} where ${column} = $1)`)
  return Number((await forecourt.sql(`select ${counts.join(' + ')} as rows`, [subject])).rows[0].rows)
}
const askedDaysAgo = ({ subject }: Issued, days: number) =>
  forecourt.sql(
    `update user_profiles set deletion_requested_at = now() - make_interval(days => $2),
       deletion_scheduled_at = now() - make_interval(days => $2 - 30) where auth0_sub = $1`,
    [subject, days],
  )
async function sweep(): Promise<unknown> {
  const job = await queueJob(forecourt, 'purge-accounts')
  const { run } = await runEnded(engine, job)
  return (await forecourt.sql('select result from job_history where id = $1', [run.id])).rows[0].result
}

describe('the daily purge', () => {
  it('removes an owner whose grace is over, with their files, and nobody else', async () => {
    const [gone, waiting, stays] = [await settled(), await settled(), await settled()]
    await askedDaysAgo(gone, 31)
    await askedDaysAgo(waiting, 29)
    const before = [await rowsOf(waiting), await rowsOf(stays)]
    expect(await rowsOf(gone)).toBe(7)
    expect(await sweep()).toEqual({ purged: 1, kept: 0 })
    expect(await rowsOf(gone)).toBe(0)
    expect([await rowsOf(waiting), await rowsOf(stays)]).toEqual(before)
    expect(removed).toEqual([{ bucket: 'papers', key: gone.subject }])
    expect((await forecourt.sql('select 1 from outgoing_mails where recipient = $1', [gone.email])).rows).toEqual([])
    await gone.api.get('/api/me').expect(401)
    expect(await rowsOf(gone)).toBe(0)
  })

  it('takes what is personal out of the trail', async () => {
    const gone = await settled()
    await forecourt.sql(`update terms_agreements set terms_version = '1.0', ip_address = '192.0.2.99' where user_id = $1`, [
      gone.subject,
    ])
    await gone.api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' }).expect(201)
    const trail = async () =>
      JSON.stringify((await forecourt.sql(`select * from admin_audit_logs where resource_id = $1`, [gone.subject])).rows)
    expect(await trail()).toContain('192.0.2.99')
    await askedDaysAgo(gone, 31)
    await sweep()
    expect(await trail()).not.toContain('192.0.2.99')
    expect(await trail()).toContain('agree_anew')
  })

  it('removes rows again that a restore wrote back, and their token opens nothing meanwhile', async () => {
    const gone = await settled()
    await askedDaysAgo(gone, 31)
    await sweep()
    const restore = async () => {
      await forecourt.sql(`insert into user_profiles (auth0_sub, email) values ($1, 'back@example.com')`, [gone.subject])
      await forecourt.sql(`insert into vehicles (user_id, license_plate) values ($1, 'BACK 1')`, [gone.subject])
    }
    await restore()
    await gone.api.get('/api/vehicles').expect(403)
    await gone.api.post('/api/me/reactivate').expect(403)
    expect(await sweep()).toEqual({ purged: 1, kept: 0 })
    expect(await rowsOf(gone)).toBe(0)
    await forecourt.sql(`insert into vehicles (user_id, license_plate) values ($1, 'BACK 2')`, [gone.subject])
    expect(await sweep()).toEqual({ purged: 1, kept: 0 })
    expect(await rowsOf(gone)).toBe(0)
    expect(await sweep()).toEqual({ purged: 0, kept: 0 })
  })

  it('keeps who changed their mind, and the last garage admin; another one is revoked and loses the address', async () => {
    const [ann, bob, eve] = [await settled(), await settled(), await settled()]
    await makeGarageAdmin(forecourt.payload, ann.subject, ann.email)
    await askedDaysAgo(ann, 31)
    await askedDaysAgo(eve, 31)
    await eve.api.delete('/api/me/deletion').expect(200)
    expect(await sweep()).toEqual({ purged: 0, kept: 1 })
    await makeGarageAdmin(forecourt.payload, bob.subject, bob.email)
    expect(await sweep()).toEqual({ purged: 1, kept: 0 })
    const { rows } = await forecourt.sql(
      'select email, revoked_at is not null as revoked from admin_users where auth0_sub = $1',
      [ann.subject],
    )
    expect(rows).toEqual([{ email: expect.stringMatching(/^[0-9a-f]{64}@purged\.invalid$/), revoked: true }])
    await eve.api.get('/api/me').expect(200)
  })
})
