import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, type Role, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { ORIGIN } from '../support/settings.ts'

const NEXT = 'another garden of no song'

type Session = { id: string; email: string; password: string; token: string; cookie: string }

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from sign_in_tries'))

const getCookie = (headers: Record<string, unknown>) =>
  String(headers['set-cookie']).split(';')[0] ?? ''

async function signIn({
  email,
  password,
}: {
  email: string
  password: string
}): Promise<{ token: string; cookie: string }> {
  const answer = await supertest(forecourt.app)
    .post('/api/users/login')
    .send({ email, password })
    .expect(200)
  return { token: answer.body.token, cookie: getCookie(answer.headers) }
}

async function aSession(role: Role = 'viewer'): Promise<Session> {
  const user = await saveUser(forecourt.payload, role)
  return { ...user, ...(await signIn(user)) }
}

const who = async (token: string) =>
  (await supertest(forecourt.app).get('/api/users/me').set('Authorization', `Bearer ${token}`)).body
    .user?.id ?? null

const canSignIn = async (email: string, password: string) =>
  (await supertest(forecourt.app).post('/api/users/login').send({ email, password })).status === 200

/**
 * Every way to change one's own password. Each returns the status and the message of the answer.
 */
const WAYS: Record<string, (session: Session, change: object) => supertest.Test> = {
  'by a token': ({ id, token }, change) =>
    supertest(forecourt.app)
      .patch(`/api/users/${id}`)
      .set('Authorization', `Bearer ${token}`)
      .send(change),
  'by a cookie': ({ id, cookie }, change) =>
    supertest(forecourt.app)
      .patch(`/api/users/${id}`)
      .set({ Cookie: cookie, Origin: ORIGIN })
      .send(change),
  'in bulk': ({ id, token }, change) =>
    supertest(forecourt.app)
      .patch(`/api/users?where[id][equals]=${id}`)
      .set('Authorization', `Bearer ${token}`)
      .send(change),
  'over GraphQL': ({ id, token }, change) =>
    supertest(forecourt.app)
      .post('/api/graphql')
      .set('Authorization', `Bearer ${token}`)
      .send({
        query:
          'mutation ($id: String!, $data: mutationUserUpdateInput!) { updateUser(id: $id, ' +
          'data: $data) { id } }',
        variables: { id, data: change },
      }),
}

describe.each(Object.keys(WAYS))('one’s own password, changed %s,', (way) => {
  const change = (session: Session, data: object) => {
    const ask = WAYS[way]
    if (!ask) throw new Error(`There is no way ${way}.`)
    return ask(session, data)
  }

  it('needs the current one: nothing changes without it or with another', async () => {
    const session = await aSession()
    for (const currentPassword of [
      undefined,
      '',
      'a wrong password',
      NEXT,
      { equals: session.password },
    ]) {
      const { text, headers } = await change(session, { password: NEXT, currentPassword })
      expect(text).toMatch(/currentPassword|current password/i)
      expect(headers['set-cookie']).toBeUndefined()
    }
    expect(await canSignIn(session.email, NEXT)).toBe(false)
    expect(await who(session.token)).toBe(session.id)
  })

  it('ends every session, the one that it was changed in included, and answers a new one', async () => {
    const session = await aSession()
    const elsewhere = await signIn(session)
    const answer = await change(session, { password: NEXT, currentPassword: session.password })
    expect([answer.status, answer.text]).toEqual([200, expect.not.stringContaining('"errors":[{')])
    expect(answer.text).not.toContain(session.password)
    expect(await who(session.token)).toBeNull()
    expect(await who(elsewhere.token)).toBeNull()
    const cookies = answer.headers['set-cookie'] as unknown as string[]
    const renewed =
      cookies.find((cookie) => cookie.startsWith('forecourt-token='))?.split(/[=;]/)[1] ?? ''
    expect(await who(renewed)).toBe(session.id)
    if (way !== 'over GraphQL')
      expect(answer.body).toMatchObject({ token: renewed, exp: expect.any(Number) })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(await canSignIn(session.email, session.password)).toBe(false)
    expect(await canSignIn(session.email, NEXT)).toBe(true)
    const { rows } = await forecourt.sql(
      `select count(*)::int as rows from session where sess ->> 'user' = $1`,
      [session.id],
    )
    expect(rows[0].rows).toBe(2)
  })

  it('is tried ten times a quarter of an hour, and the right one is refused, too, after that', async () => {
    const session = await aSession()
    for (let n = 0; n < 10; n++)
      await change(session, { password: NEXT, currentPassword: 'a wrong password' })
    const { text } = await change(session, { password: NEXT, currentPassword: session.password })
    expect(text).toContain('Too many attempts')
    expect(await canSignIn(session.email, NEXT)).toBe(false)
  })
})

describe('a change of a user', () => {
  it('needs no password where it is another one, and keeps the session', async () => {
    const { id, token } = await aSession()
    const answer = await supertest(forecourt.app)
      .patch(`/api/users/${id}`)
      .set('Authorization', `Bearer ${token}`)
      .send({ name: 'Somebody else by name', currentPassword: 'not looked at' })
      .expect(200)
    expect(answer.body.doc.name).toBe('Somebody else by name')
    expect(answer.text).not.toContain('not looked at')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(await who(token)).toBe(id)
  })

  it(
    'by an admin sets the password of somebody else without theirs, and ends the sessions of ' +
      'that user alone',
    async () => {
      const admin = await aSession('admin')
      const other = await aSession('manager')
      const answer = await supertest(forecourt.app)
        .patch(`/api/users/${other.id}`)
        .set('Authorization', `Bearer ${admin.token}`)
        .send({ password: NEXT })
        .expect(200)
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect([await who(other.token), await who(admin.token)]).toEqual([null, admin.id])
      expect(await canSignIn(other.email, NEXT)).toBe(true)
    },
  )

  it('gives nobody a first password on the strength of a session alone', async () => {
    const { id, token } = await aSession()
    await forecourt.sql('update users set hash = null, salt = null where id = $1', [id])
    const answer = await supertest(forecourt.app)
      .patch(`/api/users/${id}`)
      .set('Authorization', `Bearer ${token}`)
      .send({ password: NEXT, currentPassword: NEXT })
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('currentPassword')])
  })

  it('leaves no password in the audit log', async () => {
    const session = await aSession('admin')
    await supertest(forecourt.app)
      .patch(`/api/users/${session.id}`)
      .set('Authorization', `Bearer ${session.token}`)
      .send({ password: NEXT, currentPassword: session.password })
      .expect(200)
    const { rows } = await forecourt.ownerSql('select a::text as line from activity_logs a')
    const lines = rows
      .map(({ line }) => String(line))
      .filter((line) => line.includes(session.password) || line.includes(NEXT))
    expect(lines).toEqual([])
  })
})
