import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import supertest from 'supertest'
import {
  type Api,
  openForecourt,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { lockRow } from '../support/http-row-lock.ts'
import { queryGraphql } from '../support/http-graphql.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

/**
 * A new manager who signed in with a password, and the rows of their sessions as an admin reads
 * them.
 */
async function signedIn() {
  const user = await saveUser(forecourt.payload, 'manager')
  const login = () =>
    supertest(forecourt.app).post('/api/users/login').set('User-Agent', FIREFOX).send(user)
  const { body } = await login().expect(200)
  const api = supertest.agent(forecourt.app).set('Authorization', `Bearer ${String(body.token)}`)
  const rows = async () => {
    const { docs } = (await admin.get('/api/sessions?limit=100').expect(200)).body as {
      docs: Row[]
    }
    return docs.filter((row) => row.user === user.id)
  }
  const isIn = async () => (await api.get('/api/users/me')).status === 200
  return { user, token: String(body.token), api, rows, isIn }
}

const sidOf = (token = '') => decodeJwt<{ sid: string }>(token).sid

type Row = {
  id: string
  user: string | null
  since: string
  device: string
  ip: string
  provider: string
  expire: string
}

describe('a session', () => {
  it('tells an admin who it is, since when, with what and from where, and nothing else', async () => {
    const { rows, user } = await signedIn()
    const [row, ...more] = await rows()
    expect(more).toEqual([])
    expect(row).toMatchObject({ user: user.id, device: 'Firefox on Linux', provider: 'local' })
    expect(row?.ip).toMatch(/127\.0\.0\.1$/)
    expect(Date.parse(row?.since ?? '')).toBeLessThanOrEqual(Date.now())
    expect(Object.keys(row ?? {}).sort()).toEqual([
      'device',
      'expire',
      'id',
      'ip',
      'provider',
      'since',
      'user',
    ])
    const graphql = await queryGraphql(
      admin,
      '{ Sessions { docs { id device provider user { id } } } }',
    )
    expect(JSON.stringify(graphql.data)).toContain(user.id)
  })

  it('is read by admins alone', async () => {
    const { api } = await signedIn()
    await api.get('/api/sessions').expect(403)
  })

  it('that an admin deletes ends at the next request', async () => {
    const { rows, isIn } = await signedIn()
    expect(await isIn()).toBe(true)
    const [row] = await rows()
    await admin.delete(`/api/sessions/${row?.id}`).expect(200)
    expect(await isIn()).toBe(false)
  })

  it('that an admin deletes leaves the others of the same person', async () => {
    const { user, rows, isIn } = await signedIn()
    const other = await fetchToken(forecourt.app, user)
    expect(await rows()).toHaveLength(2)
    const mine = (await rows()).find(({ device }) => device === 'Firefox on Linux')
    await admin.delete(`/api/sessions/${mine?.id}`).expect(200)
    expect(await isIn()).toBe(false)
    const { body } = await supertest(forecourt.app)
      .get('/api/users/me')
      .set('Authorization', `Bearer ${other}`)
    expect(body.user.id).toBe(user.id)
  })

  it('stays ended when it is refreshed in the moment it is deleted', async () => {
    for (let time = 0; time < 5; time++) {
      const { rows, isIn, api } = await signedIn()
      const [row] = await rows()
      const deleted = admin.delete(`/api/sessions/${row?.id}`).expect(200)
      await Promise.all([api.post('/api/users/refresh-token'), deleted])
      expect(await isIn()).toBe(false)
      expect(await rows()).toEqual([])
    }
  })

  it.each([
    ['it was being refreshed', '/api/users/refresh-token', 1, 0],
    ['an older one was being refreshed', '/api/users/refresh-token', 0, 1],
    ['an older one was being signed out', '/api/users/logout', 0, 0],
  ] as const)('stays ended when it ended while %s', async (_what, way, asker, left) => {
    const { user, token, rows } = await signedIn()
    const tokens = [token, await fetchToken(forecourt.app, user)]
    if (asker === 1) await forecourt.sql('delete from users_sessions where id = $1', [sidOf(token)])
    const held = await lockRow(forecourt.url, 'users', user.id)
    const requested = supertest(forecourt.app)
      .post(way)
      .set('Authorization', `Bearer ${tokens[asker]}`)
      .then(() => undefined)
    await held.waiting(1)
    await held.change(
      ['delete from session where sid = $1', 'delete from users_sessions where id = $1'],
      [sidOf(tokens[1])],
    )
    await requested
    const me = supertest(forecourt.app)
      .get('/api/users/me')
      .set('Authorization', `Bearer ${tokens[1]}`)
    expect((await me).status).toBe(401)
    expect(await rows()).toHaveLength(left)
  })

  it('lasts longer when it is refreshed, and is gone after the sign-out', async () => {
    const { rows, api } = await signedIn()
    const [before] = await rows()
    await api.post('/api/users/refresh-token').expect(200)
    const [after] = await rows()
    expect(Date.parse(after?.expire ?? '')).toBeGreaterThan(Date.parse(before?.expire ?? ''))
    await api.post('/api/users/logout').expect(200)
    expect(await rows()).toEqual([])
  })

  it.each([{ role: 'viewer' }, { isActive: false }, { password: 'quite another password' }])(
    'is gone with every change of the account that ends it: %j',
    async (change) => {
      const { rows, user, isIn } = await signedIn()
      await admin.patch(`/api/users/${user.id}`).send(change).expect(200)
      expect(await rows()).toEqual([])
      expect(await isIn()).toBe(false)
    },
  )

  it('has an id that opens nothing', async () => {
    const { rows } = await signedIn()
    const [row] = await rows()
    for (const name of ['forecourt-token', 'forecourt-sign-in', 'connect.sid']) {
      const requests = supertest(forecourt.app)
        .get('/api/users/me')
        .set('Origin', forecourt.settings.publicOrigin)
      expect((await requests.set('Cookie', `${name}=${row?.id}`)).body.user).toBeNull()
    }
  })

  it('is not found by a filter on what it tells', async () => {
    const { status } = await admin.get('/api/sessions?where[device][equals]=Firefox')
    expect(status).toBe(400)
  })
})
