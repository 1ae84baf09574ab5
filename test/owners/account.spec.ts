import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Issued, type IssuedForecourt, openIssued } from '../support/issued.ts'
import { isNotedSince } from '../support/instants.ts'
import { lockRow } from '../support/http-row-lock.ts'
import { makeGarageAdmin } from '../support/owners.ts'

const THIRTY_DAYS_MS = 30 * 86_400_000

let forecourt: IssuedForecourt
beforeAll(async () => {
  forecourt = await openIssued()
})
afterAll(() => forecourt.close())

const arrived = async () => {
  const ann = await forecourt.signInOwner()
  await ann.api.get('/api/me').expect(200)
  return ann
}
const mailsTo = async (to: string) =>
  (
    await forecourt.sql('select * from outgoing_mails where recipient = $1 order by created_at', [
      to,
    ])
  ).rows as { text: string }[]
const linkOf = ({ text }: { text: string }) => new URL(/https?:\S+/.exec(text)?.[0] ?? '')
const anyAddress = () => `${Math.random().toString(36).slice(2)}@forecourt.example`
const profileOf = async ({ api }: Issued) =>
  (await api.get('/api/me').expect(200)).body.profile as Record<string, unknown>

describe('an owner’s profile', () => {
  it('is changed by its owner: the name at once', async () => {
    const ann = await arrived()
    await ann.api.patch('/api/me').send({ displayName: 'Ann' }).expect(200)
    expect(await profileOf(ann)).toMatchObject({ displayName: 'Ann', email: ann.email })
  })

  it.each<[string, object]>([
    ['an address', { email: 'other@example.com' }],
    ['a tier', { subscriptionTier: 'enterprise' }],
    ['two addresses in one', { notificationEmail: 'a@example.com, b@example.com' }],
    ['a line break in an address', { notificationEmail: 'a@example.com\r\nBcc: b@example.com' }],
    ['a name that is too long', { displayName: 'x'.repeat(101) }],
    ['a confirmation', { notificationEmailConfirmedAt: '2026-01-01T00:00:00Z' }],
  ])('is not given %s', async (_what, body) => {
    await (await arrived()).api.patch('/api/me').send(body).expect(400)
  })
})

describe('another address for mails', () => {
  it('counts once its link was opened, which works once', async () => {
    const [ann, to] = [await arrived(), anyAddress()]
    await ann.api.patch('/api/me').send({ notificationEmail: to }).expect(200)
    expect(await profileOf(ann)).toMatchObject({
      notificationEmail: to,
      notificationEmailConfirmed: false,
    })
    const [mail = { text: '' }] = await mailsTo(to)
    const { pathname, search } = linkOf(mail)
    await forecourt.anonymous.get(pathname + search).expect(200)
    expect(await profileOf(ann)).toMatchObject({ notificationEmailConfirmed: true })
    await forecourt.anonymous.get(pathname + search).expect(410)
  })

  it('is not confirmed by a link for another one, nor by one that is made up', async () => {
    const [ann, first, second] = [await arrived(), anyAddress(), anyAddress()]
    await ann.api.patch('/api/me').send({ notificationEmail: first }).expect(200)
    await ann.api.patch('/api/me').send({ notificationEmail: second }).expect(200)
    const { pathname, search } = linkOf((await mailsTo(first))[0] ?? { text: '' })
    for (const query of [search, '', '?token=x', `${search}x`, '?token[a]=b'])
      await forecourt.anonymous.get(pathname + query).expect(410)
    expect(await profileOf(ann)).toMatchObject({
      notificationEmail: second,
      notificationEmailConfirmed: false,
    })
  })

  it('is forgotten as confirmed when it changes by any way', async () => {
    const [ann, to] = [await arrived(), anyAddress()]
    await ann.api.patch('/api/me').send({ notificationEmail: to }).expect(200)
    const { pathname, search } = linkOf((await mailsTo(to))[0] ?? { text: '' })
    await forecourt.anonymous.get(pathname + search).expect(200)
    const { id } = await profileOf(ann)
    await ann.api
      .patch(`/api/user-profiles/${String(id)}`)
      .send({ notificationEmail: anyAddress(), notificationEmailNonce: 'x' })
      .expect(200)
    expect(await profileOf(ann)).toMatchObject({ notificationEmailConfirmed: false })
  })

  it('is sent another link when it is named again before it was confirmed, and none after', async () => {
    const [ann, to] = [await arrived(), anyAddress()]
    for (let i = 0; i < 2; i++)
      await ann.api.patch('/api/me').send({ notificationEmail: to }).expect(200)
    const [lost, mail] = (await mailsTo(to)).map(linkOf)
    await forecourt.anonymous.get(`${lost?.pathname}${lost?.search}`).expect(410)
    await forecourt.anonymous.get(`${mail?.pathname}${mail?.search}`).expect(200)
    await ann.api.patch('/api/me').send({ notificationEmail: to }).expect(200)
    expect(await mailsTo(to)).toHaveLength(2)
    expect(await profileOf(ann)).toMatchObject({
      notificationEmail: to,
      notificationEmailConfirmed: true,
    })
  })

  it('is sent five links an hour at most', async () => {
    const [ann, to] = [await arrived(), anyAddress()]
    for (let i = 0; i < 5; i++) {
      await ann.api.patch('/api/me').send({ notificationEmail: to }).expect(200)
      await ann.api.patch('/api/me').send({ notificationEmail: null }).expect(200)
    }
    await ann.api.patch('/api/me').send({ notificationEmail: to }).expect(429)
    expect(await mailsTo(to)).toHaveLength(5)
    expect(await profileOf(ann)).toMatchObject({ notificationEmail: null })
  })
})

describe('deactivating', () => {
  it('ends every way in by the next request, until the owner brings the account back', async () => {
    const ann = await arrived()
    await ann.api.post('/api/me/deactivate').expect(200)
    const code = 'account_deactivated'
    const result = {
      errors: [
        {
          message: expect.stringContaining('POST /api/me/reactivate'),
          code,
          path: null,
          data: { code },
        },
      ],
    }
    for (const way of ['/api/vehicles', '/api/me', '/api/me/export'])
      expect((await ann.api.get(way).expect(403)).body).toEqual(result)
    const { body } = await ann.api
      .post('/api/graphql')
      .send({ query: '{ Vehicles { totalDocs } }' })
    expect(body.errors[0].extensions).toMatchObject({
      statusCode: 403,
      data: { code: 'account_deactivated' },
    })
    await ann.api.get('/api/inventory').expect(200)
    await ann.api.post('/api/me/reactivate').expect(200)
    await ann.api.get('/api/vehicles').expect(200)
  })

  it('by an admin is an admin’s to undo', async () => {
    const ann = await arrived()
    const admin = await forecourt.as('admin')
    const { id } = await profileOf(ann)
    await admin
      .patch(`/api/user-profiles/${String(id)}`)
      .send({ deactivatedAt: new Date().toISOString() })
      .expect(200)
    expect((await ann.api.get('/api/me').expect(401)).body.errors[0].data).toBeUndefined()
    await ann.api.post('/api/me/reactivate').expect(403)
    await admin
      .patch(`/api/user-profiles/${String(id)}`)
      .send({ deactivatedAt: null })
      .expect(200)
    await ann.api.get('/api/me').expect(200)
  })

  it(
    'by its owner becomes an admin’s when an admin says so too, and not by another change of ' +
      'theirs',
    async () => {
      const [ann, admin] = [await arrived(), await forecourt.as('admin')]
      const row = `/api/user-profiles/${String((await profileOf(ann))['id'])}`
      await ann.api.post('/api/me/deactivate').expect(200)
      const { body } = await admin.patch(row).send({ subscriptionTier: 'pro' }).expect(200)
      const { deactivatedAt } = body.doc as { deactivatedAt: string }
      await admin.patch(row).send({ deactivatedAt, subscriptionTier: 'free' }).expect(200)
      await ann.api.post('/api/me/reactivate').expect(200)
      await ann.api.post('/api/me/deactivate').expect(200)
      await admin.patch(row).send({ deactivatedAt: new Date().toISOString() }).expect(200)
      await ann.api.post('/api/me/reactivate').expect(403)
    },
  )

  it('is nobody’s without a token', async () => {
    await forecourt.anonymous.post('/api/me/reactivate').expect(401)
    await forecourt.anonymous.post('/api/me/deactivate').expect(401)
  })
})

describe('asking to be deleted', () => {
  it('gives 30 days, tells by mail once, and is cancelled', async () => {
    const ann = await arrived()
    const began = Date.now()
    const { body } = await ann.api.post('/api/me/deletion').expect(202)
    const requestedAt = new Date(Date.parse(body.deletion.scheduledAt) - THIRTY_DAYS_MS)
    expect(isNotedSince(began, requestedAt.toISOString())).toBe(true)
    expect((await ann.api.post('/api/me/deletion').expect(202)).body).toEqual(body)
    expect(await mailsTo(ann.email)).toHaveLength(1)
    await ann.api.get('/api/vehicles').expect(200)
    expect((await ann.api.get('/api/me')).body.deletion).toMatchObject(body.deletion)
    await ann.api.delete('/api/me/deletion').expect(200)
    expect((await ann.api.get('/api/me')).body.deletion).toBeNull()
  })

  it('is not cancelled for whom it was done to at the same moment', async () => {
    const ann = await arrived()
    const { id } = await profileOf(ann)
    const held = await lockRow(forecourt.url, 'user_profiles', String(id))
    const requested = Promise.resolve(ann.api.delete('/api/me/deletion'))
    await held.waiting(1)
    await held.remove()
    expect((await requested).status).toBe(401)
  })

  it('and deactivating are refused to the last garage admin', async () => {
    const [ann, bob] = [await arrived(), await arrived()]
    await makeGarageAdmin(forecourt.payload, ann.subject, ann.email)
    await ann.api.post('/api/me/deletion').expect(409)
    await ann.api.post('/api/me/deactivate').expect(409)
    await makeGarageAdmin(forecourt.payload, bob.subject, bob.email)
    await ann.api.post('/api/me/deactivate').expect(200)
    await bob.api.post('/api/me/deletion').expect(409)
  })
})
