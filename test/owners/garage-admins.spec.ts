import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Api } from '../support/forecourt.ts'
import { lockRow } from '../support/http-row-lock.ts'
import { type Issued, type IssuedForecourt, openIssued } from '../support/issued.ts'

let forecourt: IssuedForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openIssued()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

const arrived = async (claims: Record<string, unknown> = {}) => {
  const ann = await forecourt.signInOwner({ claims })
  await ann.api.get('/api/me').expect(200)
  return ann
}
const at = ({ subject }: Issued, act: string) =>
  `/api/admin-users/${encodeURIComponent(subject)}/${act}`
const actionsAbout = async ({ subject }: Issued) =>
  (
    await forecourt.sql(
      'select action from admin_audit_logs where target_admin_id = $1 order by created_at',
      [subject],
    )
  ).rows.map(({ action }: { action: string }) => action)

describe('who is a garage admin', () => {
  it('is said by address or subject, revoked and restored, and each is in the audit log', async () => {
    const [ann, bob] = [await arrived(), await arrived()]
    await admin.post('/api/admin-users/grant').send({ subject: bob.subject }).expect(201)
    await admin.post('/api/admin-users/grant').send({ email: ann.email.toUpperCase() }).expect(201)
    expect((await ann.api.get('/api/me')).body.garageAdmin).toBe(true)
    await bob.api.post(at(ann, 'revoke')).expect(200)
    expect((await ann.api.get('/api/me')).body.garageAdmin).toBe(false)
    await ann.api.get('/api/admin-users').expect(403)
    await admin.post(at(ann, 'restore')).expect(200)
    expect((await ann.api.get('/api/admin-users').expect(200)).body.docs).toHaveLength(2)
    await admin.post(at(ann, 'revoke')).expect(200)
    await admin.post('/api/admin-users/grant').send({ email: ann.email }).expect(200)
    expect(await actionsAbout(ann)).toEqual([
      'create',
      'revoke',
      'reinstate',
      'revoke',
      'reinstate',
    ])
    await admin.post(at(ann, 'revoke')).expect(200)
    await admin.post(at(bob, 'revoke')).expect(409)
  })

  it('is not said by an address that nobody verified, that several have, or that nobody has', async () => {
    const shared = 'shared@forecourt.example'
    const unverified = await arrived({ 'https://forecourt/email_verified': false })
    for (let i = 0; i < 2; i++) await arrived({ 'https://forecourt/email': shared })
    await admin.post('/api/admin-users/grant').send({ email: unverified.email }).expect(404)
    await admin.post('/api/admin-users/grant').send({ email: shared }).expect(409)
    await admin
      .post('/api/admin-users/grant')
      .send({ email: 'nobody@forecourt.example' })
      .expect(404)
    await admin.post('/api/admin-users/grant').send({ subject: 'auth0|nobody' }).expect(404)
    await admin.post('/api/admin-users/grant').send({}).expect(400)
    await admin.post('/api/admin-users/auth0%7Cnobody/revoke').expect(404)
  })

  it('is not for owners, managers and strangers to say', async () => {
    const ann = await arrived()
    for (const api of [ann.api, await forecourt.as('manager'), forecourt.anonymous]) {
      await api.post('/api/admin-users/grant').send({ subject: ann.subject }).expect(403)
      await api.post(at(ann, 'revoke')).expect(403)
    }
  })
})

describe('the last garage admin who can come in', () => {
  let ann: Issued
  let bob: Issued
  beforeEach(async () => {
    await forecourt.sql('update admin_users set revoked_at = now()')
    ;[ann, bob] = [await arrived(), await arrived()]
    for (const { subject } of [ann, bob])
      await admin.post('/api/admin-users/grant').send({ subject }).expect(201)
  })
  const row = async ({ api }: Issued) =>
    `/api/user-profiles/${String((await api.get('/api/me').expect(200)).body.profile.id)}`
  const off = { deactivatedAt: '2026-01-01T00:00:00Z' }

  it('is not revoked, though one is there who is deactivated', async () => {
    await bob.api.post('/api/me/deactivate').expect(200)
    const { body } = await ann.api.post(at(ann, 'revoke')).expect(409)
    expect(body.errors[0].message).toBe(
      `${ann.email} is the last garage admin who can sign in. Add or restore another one first.`,
    )
    await ann.api.post(at(bob, 'revoke')).expect(200)
  })

  it('is not deactivated by the row of their account, by themselves or by staff', async () => {
    const [anns, bobs] = [await row(ann), await row(bob)]
    await ann.api.patch(bobs).send(off).expect(200)
    for (const api of [ann.api, admin]) await api.patch(anns).send(off).expect(409)
    await ann.api.get('/api/admin-users').expect(200)
  })

  it('stays when the last two deactivate themselves at the same moment', async () => {
    const held = await lockRow(
      forecourt.url,
      'admin_users',
      [ann.subject, bob.subject].sort()[0] ?? '',
      'auth0_sub',
    )
    const requested = Promise.all([ann, bob].map(({ api }) => api.post('/api/me/deactivate')))
    await held.waiting(2)
    await held.release()
    expect((await requested).map(({ status }) => String(status)).sort()).toEqual(['200', '409'])
  })
})
