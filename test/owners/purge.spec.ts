import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  backdateDeletionRequest,
  openPurging,
  type Purging,
  countRows,
  createFullOwner,
  hasFile,
  runPurge,
} from '../support/purging.ts'
import { makeGarageAdmin } from '../support/owners.ts'

let purging: Purging
beforeAll(async () => {
  purging = await openPurging()
})
afterAll(() => purging.close())

describe('the daily purge', () => {
  it('removes an owner whose grace is over, with their files, and nobody else', async () => {
    const [gone, waiting, stays] = [
      await createFullOwner(purging),
      await createFullOwner(purging),
      await createFullOwner(purging),
    ]
    await backdateDeletionRequest(purging, gone, 31)
    await backdateDeletionRequest(purging, waiting, 29)
    const before = [await countRows(purging, waiting), await countRows(purging, stays)]
    expect(await countRows(purging, gone)).toBe(7)
    expect(await runPurge(purging)).toEqual({ purged: 1, kept: 0 })
    expect(await countRows(purging, gone)).toBe(0)
    expect([await countRows(purging, waiting), await countRows(purging, stays)]).toEqual(before)
    expect(await hasFile(purging, `papers/${gone.subject}`)).toBe(false)
    expect(
      (
        await purging.forecourt.sql('select 1 from outgoing_mails where recipient = $1', [
          gone.email,
        ])
      ).rows,
    ).toEqual([])
    await gone.api.get('/api/me').expect(401)
    expect(await countRows(purging, gone)).toBe(0)
  })

  it('takes what is personal out of the audit log', async () => {
    const gone = await createFullOwner(purging)
    await purging.forecourt.sql(
      `update terms_agreements set terms_version = '1.0', ip_address = '192.0.2.99'
        where ` + 'user_id = $1',
      [gone.subject],
    )
    await gone.api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' }).expect(201)
    const auditLog = async () =>
      JSON.stringify(
        (
          await purging.forecourt.sql(
            `select * from admin_audit_logs where resource_id in ($1::text, 'purged|' ||
              ` + `encode(sha256(convert_to($1, 'UTF8')), 'hex'))`,
            [gone.subject],
          )
        ).rows,
      )
    expect(await auditLog()).toContain('192.0.2.99')
    await backdateDeletionRequest(purging, gone, 31)
    await runPurge(purging)
    expect(await auditLog()).not.toContain('192.0.2.99')
    expect(await auditLog()).not.toContain(gone.subject)
    expect(await auditLog()).toContain('agree_anew')
  })

  it('removes rows again that a restore wrote back, and their token opens nothing meanwhile', async () => {
    const gone = await createFullOwner(purging)
    await backdateDeletionRequest(purging, gone, 31)
    await runPurge(purging)
    const restore = async () => {
      await purging.forecourt.sql(
        `insert into user_profiles (auth0_sub, email) values ($1, 'back@example.com')`,
        [gone.subject],
      )
      await purging.forecourt.sql(
        `insert into vehicles (user_id, license_plate) values ($1, 'BACK 1')`,
        [gone.subject],
      )
    }
    await restore()
    await gone.api.get('/api/vehicles').expect(403)
    await gone.api.post('/api/me/reactivate').expect(403)
    expect(await runPurge(purging)).toEqual({ purged: 1, kept: 0 })
    expect(await countRows(purging, gone)).toBe(0)
    await purging.forecourt.sql(
      `insert into vehicles (user_id, license_plate) values ($1, 'BACK 2')`,
      [gone.subject],
    )
    expect(await runPurge(purging)).toEqual({ purged: 1, kept: 0 })
    expect(await countRows(purging, gone)).toBe(0)
    expect(await runPurge(purging)).toEqual({ purged: 0, kept: 0 })
  })

  it(
    'keeps who changed their mind, and the last garage admin; another one is revoked and loses ' +
      'the address',
    async () => {
      const [ann, bob, eve] = [
        await createFullOwner(purging),
        await createFullOwner(purging),
        await createFullOwner(purging),
      ]
      await makeGarageAdmin(purging.forecourt.payload, ann.subject, ann.email)
      await backdateDeletionRequest(purging, ann, 31)
      await backdateDeletionRequest(purging, eve, 31)
      await eve.api.delete('/api/me/deletion').expect(200)
      expect(await runPurge(purging)).toEqual({ purged: 0, kept: 1 })
      await makeGarageAdmin(purging.forecourt.payload, bob.subject, bob.email)
      expect(await runPurge(purging)).toEqual({ purged: 1, kept: 0 })
      const { rows } = await purging.forecourt.sql(
        'select auth0_sub as key, email from admin_users where revoked_at is not null and ' +
          `auth0_sub like 'purged|%'`,
      )
      expect(rows).toEqual([
        {
          key: expect.stringMatching(/^purged\|[0-9a-f]{64}$/),
          email: expect.stringMatching(/^[0-9a-f]{64}@purged\.invalid$/),
        },
      ])
      await eve.api.get('/api/me').expect(200)
    },
  )
})
