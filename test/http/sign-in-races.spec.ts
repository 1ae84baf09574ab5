import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import {
  type Api,
  openForecourt,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { createOwnHash } from '../support/stored-password.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

const signIn = ({ email, password }: { email: string; password: string }) =>
  supertest(forecourt.app).post('/api/users/login').send({ email, password })

/**
 * Signs somebody in, and changes their account while that is under way. Answers who their token is
 * afterwards, and their row.
 */
async function changedMeanwhile(change: Record<string, unknown>, after: number) {
  const user = await saveUser(forecourt.payload, 'manager')
  const { hash, salt } = await createOwnHash()
  await forecourt.sql('update users set hash = $1, salt = $2 where id = $3', [hash, salt, user.id])
  const signingIn = signIn(user).then((answer) => answer)
  await sleep(after)
  await admin.patch(`/api/users/${user.id}`).send(change).expect(200)
  const { token } = (await signingIn).body as { token?: string }
  const me = await supertest(forecourt.app)
    .get('/api/users/me')
    .set('Authorization', `Bearer ${token ?? 'none'}`)
  const row = await forecourt.payload.findByID({
    collection: 'users',
    id: user.id,
    overrideAccess: true,
  })
  // a token that ended is refused
  return { who: (me.body as { user?: { role: string } }).user ?? null, row, user }
}

const MOMENTS = [0, 15, 30, 45, 60, 80, 100, 130]

describe('a change of an account while its owner signs in', () => {
  it.each(MOMENTS)('deactivates them for good, %i ms after the sign-in began', async (after) => {
    const { who, row } = await changedMeanwhile({ isActive: false }, after)
    expect(row.isActive).toBe(false)
    expect(who).toBeNull()
  })

  it.each(MOMENTS)('takes their role, %i ms after the sign-in began', async (after) => {
    const { who, row } = await changedMeanwhile({ role: 'viewer' }, after)
    expect(row.role).toBe('viewer')
    expect(who?.role ?? 'viewer').toBe('viewer')
  })

  it.each(MOMENTS)('replaces their password, %i ms after the sign-in began', async (after) => {
    const { who, user } = await changedMeanwhile({ password: 'quite another password' }, after)
    await signIn(user).expect(401)
    await fetchToken(forecourt.app, { email: user.email, password: 'quite another password' })
    expect(who).toBeNull()
  })
})

describe('signing in', () => {
  it('twice at once leaves two sessions that both work', async () => {
    const user = await saveUser(forecourt.payload, 'viewer')
    const tokens = await Promise.all([
      fetchToken(forecourt.app, user),
      fetchToken(forecourt.app, user),
    ])
    for (const token of tokens) {
      const { body } = await supertest(forecourt.app)
        .get('/api/users/me')
        .set('Authorization', `Bearer ${token}`)
      expect(body.user?.id).toBe(user.id)
    }
  })

  it('is refreshed, and ended, as before', async () => {
    const token = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'viewer'))
    const own = supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`)
    await own.post('/api/users/refresh-token').expect(200)
    await own.post('/api/users/logout').expect(200)
    await own.get('/api/users/me').expect(401)
  })
})
