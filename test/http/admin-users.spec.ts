import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { isNotedSince } from '../support/instants.ts'
import { lockRow } from '../support/http-row-lock.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from admin_users'))

const at = (subject: string) => `/api/admin-users/${encodeURIComponent(subject)}`
const somebody = () => ({ id: `auth0|${randomUUID()}`, email: `${randomUUID()}@forecourt.example` })
const revoked = { revokedAt: '2000-01-01T00:00:00Z' }
const left = async () =>
  (await forecourt.sql('select auth0_sub from admin_users where revoked_at is null')).rows.length

describe('a garage admin', () => {
  it('is made by an admin of the staff or of the garage, and it is noted by whom', async () => {
    const garage = await forecourt.asOwner('garage admin')
    const byGarage = await garage.api
      .post('/api/admin-users')
      .send({ ...somebody(), createdBy: 'me' })
      .expect(201)
    expect(byGarage.body.doc).toMatchObject({
      createdBy: garage.subject,
      role: 'admin',
      revokedAt: null,
    })
    const byStaff = await admin
      .post('/api/admin-users')
      .send({ ...somebody(), ...revoked, createdBy: 'me' })
      .expect(201)
    expect(byStaff.body.doc).toMatchObject({
      createdBy: expect.stringMatching(/^staff:[0-9a-f-]{36}$/),
      revokedAt: null,
    })
  })

  it('is made, seen, changed by nobody else, and deleted by nobody at all', async () => {
    const { subject } = await forecourt.asOwner('garage admin')
    for (const api of [
      forecourt.anonymous,
      (await forecourt.asOwner()).api,
      await forecourt.as('manager'),
    ]) {
      await api.post('/api/admin-users').send(somebody()).expect(403)
      expect((await api.get('/api/admin-users')).body.docs ?? []).toEqual([])
      expect([403, 404]).toContain((await api.get(at(subject))).status)
      await api.patch(at(subject)).send(revoked).expect(403)
    }
    await admin.delete(at(subject)).expect(403)
    await admin.delete('/api/admin-users?where[role][equals]=admin')
    expect(await left()).toBe(1)
  })

  it('has the powers from the next request on and loses them as soon', async () => {
    const owner = await forecourt.asOwner()
    await owner.api.post('/api/engines').send({ name: 'Too early' }).expect(403)
    await forecourt.asOwner('garage admin')
    await admin.post('/api/admin-users').send({ id: owner.subject, email: owner.email }).expect(201)
    await owner.api.post('/api/engines').send({ name: 'In time' }).expect(201)
    await admin.patch(at(owner.subject)).send(revoked).expect(200)
    await owner.api.post('/api/engines').send({ name: 'Too late' }).expect(403)
    await admin.patch(at(owner.subject)).send({ revokedAt: null }).expect(200)
    await owner.api.post('/api/engines').send({ name: 'Once more' }).expect(201)
  })

  it('keeps subject, address and maker; the server notes when they were revoked', async () => {
    const person = somebody()
    await admin.post('/api/admin-users').send(person).expect(201)
    await forecourt.asOwner('garage admin')
    const change = {
      ...revoked,
      id: 'auth0|other',
      email: 'other@forecourt.example',
      createdBy: 'me',
      role: 'super_admin',
    }
    const began = Date.now()
    const { body } = await admin.patch(at(person.id)).send(change).expect(200)
    expect(body.doc).toMatchObject({
      ...person,
      role: 'super_admin',
      createdBy: expect.stringMatching(/^staff:/),
    })
    expect(isNotedSince(began, body.doc.revokedAt)).toBe(true)
    const again = await admin
      .patch(at(person.id))
      .send({ revokedAt: '2030-01-01T00:00:00Z' })
      .expect(200)
    expect(again.body.doc.revokedAt).toBe(body.doc.revokedAt)
  })

  it('is one person: subject and address are refused a second time, whatever the case', async () => {
    const person = somebody()
    await admin.post('/api/admin-users').send(person).expect(201)
    const { body: sameSubject } = await admin
      .post('/api/admin-users')
      .send({ ...somebody(), id: person.id })
      .expect(400)
    expect(sameSubject.errors[0].message).toContain(`Subject is already used by ${person.email}.`)
    const email = person.email.toUpperCase()
    const { body: sameAddress } = await admin
      .post('/api/admin-users')
      .send({ ...somebody(), email })
      .expect(400)
    expect(sameAddress.errors[0].message).toContain(`Email is already used by ${person.id}.`)
    await admin
      .post('/api/admin-users')
      .send({ ...somebody(), role: 'emperor' })
      .expect(400)
    await admin.post('/api/admin-users').send({ email: 'no-subject@forecourt.example' }).expect(400)
  })
})

describe('the last garage admin', () => {
  it('is not revoked, by themselves or by staff, and hears why', async () => {
    const garage = await forecourt.asOwner('garage admin')
    for (const api of [garage.api, admin]) {
      const { body } = await api.patch(at(garage.subject)).send(revoked).expect(409)
      expect(body.errors[0].message).toBe(
        `${garage.email} is the last garage admin who can sign in. Add or restore another ` +
          'one first.',
      )
    }
    await admin.patch('/api/admin-users?where[role][equals]=admin').send(revoked)
    expect(await left()).toBe(1)
  })

  it.each(['each other', 'themselves'])(
    'stays when two revoke %s at the same moment',
    async (whom) => {
      const [one, two] = [
        await forecourt.asOwner('garage admin'),
        await forecourt.asOwner('garage admin'),
      ]
      const [first, second] = whom === 'themselves' ? [one, two] : [two, one]
      const held = await lockRow(
        forecourt.url,
        'admin_users',
        [one.subject, two.subject].sort()[0] ?? '',
        'auth0_sub',
      )
      const requested = Promise.all([
        one.api.patch(at(first.subject)).send(revoked),
        two.api.patch(at(second.subject)).send(revoked),
      ])
      await held.waiting(2)
      await held.release()
      expect((await requested).map(({ status }) => String(status)).sort()).toEqual(['200', '409'])
      expect(await left()).toBe(1)
    },
  )

  it('stays when twenty admins are revoked at the same moment', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, () => forecourt.asOwner('garage admin')),
    )
    const answers = await Promise.all(
      people.map(({ subject }) => admin.patch(at(subject)).send(revoked)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19)
    expect(await left()).toBe(1)
  })
})
