import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import {
  type Api,
  openForecourt,
  type Role,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

/** A new member of staff with the API as they ask it. */
async function hired(role: Role) {
  const user = await saveUser(forecourt.payload, role)
  const token = await fetchToken(forecourt.app, user)
  return { user, api: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`) }
}

const aUser = () => ({
  email: `${randomUUID()}@forecourt.example`,
  password: 'several unrelated words',
  name: 'New',
})

describe('staff', () => {
  it.each(['viewer', 'manager'] as const)('read themselves alone as %s', async (role) => {
    const { user, api } = await hired(role)
    const other = await hired('viewer')
    const { body } = await api.get('/api/users').expect(200)
    expect(body.docs.map(({ id }: { id: string }) => id)).toEqual([user.id])
    await api.get(`/api/users/${other.user.id}`).expect(404)
    expect(
      (await api.get(`/api/users?where[email][equals]=${other.user.email}`).expect(200)).body.docs,
    ).toEqual([])
    expect((await api.get('/api/users/count').expect(200)).body.totalDocs).toBe(1)
  })

  it.each(['viewer', 'manager'] as const)(
    'neither make, change nor delete others as %s',
    async (role) => {
      const { user, api } = await hired(role)
      const other = await hired('viewer')
      await api.post('/api/users').send(aUser()).expect(403)
      await api.patch(`/api/users/${other.user.id}`).send({ name: 'X' }).expect(403)
      await api.delete(`/api/users/${user.id}`).expect(403)
      await api.post('/api/users/unlock').send({ email: other.user.email }).expect(403)
    },
  )

  it('are read, made and changed by an admin, and deleted by nobody', async () => {
    const made = await admin
      .post('/api/users')
      .send({ ...aUser(), role: 'manager' })
      .expect(201)
    expect(made.body.doc).toMatchObject({ role: 'manager', oauthProvider: 'local', isActive: true })
    const path = `/api/users/${made.body.doc.id}`
    expect((await admin.patch(path).send({ role: 'viewer' }).expect(200)).body.doc.role).toBe(
      'viewer',
    )
    await admin.delete(path).expect(403)
    await admin.delete('/api/users?where[role][equals]=viewer').expect(403)
    expect(
      (await queryGraphql(admin, `mutation { deleteUser(id: "${made.body.doc.id}") { id } }`)).data,
    ).toEqual({
      deleteUser: null,
    })
    await admin.get(path).expect(200)
  })

  it('never read anybody’s password, nor filter or sort by it', async () => {
    const { text } = await admin.get('/api/users?limit=100').expect(200)
    expect(text).not.toMatch(/"(hash|salt|password|resetPasswordToken)"/)
    for (const field of ['hash', 'salt', 'resetPasswordToken', 'password']) {
      await admin.get(`/api/users?where[${field}][exists]=true`).expect(400)
      await admin.get(`/api/users?sort=${field}`).expect(400)
    }
  })

  it(
    'keep the e-mail address and subject that they sign in with unless an admin changes the ' +
      'address',
    async () => {
      const { user, api } = await hired('viewer')
      const { body } = await api
        .patch(`/api/users/${user.id}`)
        .send({ email: 'other@forecourt.example', oauthId: 'x', name: 'Mine' })
        .expect(200)
      expect(body.doc).toMatchObject({ email: user.email, name: 'Mine' })
      expect((await admin.get(`/api/users/${user.id}`)).body.oauthId).not.toBe('x')
    },
  )

  it('keep preferences that only they see', async () => {
    const [one, other] = [await hired('viewer'), await hired('admin')]
    await one.api
      .post('/api/payload-preferences/columns')
      .send({ value: { mine: true } })
      .expect(200)
    await one.api.get('/api/payload-preferences/columns').expect(200)
    await other.api.get('/api/payload-preferences').expect(405)
    expect((await other.api.get('/api/payload-preferences/columns')).text).not.toContain('mine')
  })
})

describe('an account', () => {
  it('that is deactivated is out at its next request, and cannot sign in again', async () => {
    const { user, api } = await hired('manager')
    await api.get('/api/pending-submissions').expect(200)
    await admin.patch(`/api/users/${user.id}`).send({ isActive: false }).expect(200)
    await api.get('/api/pending-submissions').expect(401)
    await api.get('/api/users/me').expect(401)
    const refused = await forecourt.anonymous
      .post('/api/users/login')
      .send({ email: user.email, password: user.password })
      .expect(403)
    expect(refused.body.errors[0].message).toContain('deactivated')
  })

  it('that gets another role or a new password has to sign in again', async () => {
    for (const change of [{ role: 'manager' }, { password: 'another long one' }]) {
      const { user, api } = await hired('viewer')
      await admin.patch(`/api/users/${user.id}`).send(change).expect(200)
      await api.get('/api/users/me').expect(401)
    }
  })

  it('is not made with a password that is easy to guess, and says so at its field', async () => {
    for (const password of ['password1234', 'Dealership2026!', 'monkeymonkey']) {
      const { body } = await admin
        .post('/api/users')
        .send({ ...aUser(), password })
        .expect(400)
      expect(body.errors[0].data.errors[0]).toMatchObject({
        path: 'password',
        message: expect.stringContaining('is easy to guess. Use several unrelated words instead'),
      })
    }
  })

  it('that signed in tells when', async () => {
    const { api, user } = await hired('viewer')
    const { body } = await api.get(`/api/users/${user.id}`).expect(200)
    expect(Date.parse(body.lastLogin)).toBeGreaterThan(Date.parse(body.createdAt))
  })

  it('that is locked after ten wrong passwords is unlocked by an admin', async () => {
    const { user } = await hired('viewer')
    const login = (password: string) =>
      forecourt.anonymous.post('/api/users/login').send({ email: user.email, password })
    for (let tries = 0; tries < 10; tries++) await login('wrong').expect(401)
    await login(user.password).expect(401)
    await admin.post('/api/users/unlock').send({ email: user.email }).expect(200)
    await login(user.password).expect(200)
  })

  it('is not told apart from one that does not exist by a wrong password', async () => {
    const { user } = await hired('viewer')
    const wrong = await forecourt.anonymous
      .post('/api/users/login')
      .send({ email: user.email, password: 'wrong' })
      .expect(401)
    const unknown = await forecourt.anonymous
      .post('/api/users/login')
      .send({ email: 'nobody@forecourt.example', password: 'wrong' })
      .expect(401)
    expect(wrong.text).toBe(unknown.text)
  })
})

describe('doors that are closed', () => {
  it.each([
    [
      '/api/users/first-register',
      { email: 'a@b.example', password: 'several unrelated words' },
      'FIRST_ADMIN_EMAIL',
    ],
    ['/api/users/forgot-password', { email: 'a@b.example' }, 'npm run admin'],
    [
      '/api/users/reset-password',
      { token: 'x', password: 'several unrelated words' },
      'npm run admin',
    ],
  ])('%s says what to do instead', async (path, body, instead) => {
    const { body: result } = await forecourt.anonymous.post(path).send(body).expect(403)
    expect(result.errors[0].message).toContain(instead)
  })

  it('are closed over GraphQL too', async () => {
    const forgot = await queryGraphql(
      forecourt.anonymous,
      'mutation { forgotPasswordUser(email: "a@b.example") }',
    )
    expect(forgot.errors?.[0]?.message).toContain('npm run admin')
    const reset = await queryGraphql(
      forecourt.anonymous,
      'mutation { resetPasswordUser(token: "x", password: "several unrelated words") { token } }',
    )
    expect(reset.errors?.[0]?.message).toContain('npm run admin')
    const unlock = await queryGraphql(
      forecourt.anonymous,
      'mutation { unlockUser(email: "a@b.example") }',
    )
    expect(unlock.errors).toHaveLength(1)
  })

  it('do not fall over: there is no verification by mail', async () => {
    const { status } = await forecourt.anonymous.post('/api/users/verify/abc').send({})
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
})
