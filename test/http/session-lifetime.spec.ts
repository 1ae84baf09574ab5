import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

/** A session of a new viewer, and ways to ask with its token and to make it older. */
async function session() {
  const user = await saveUser(forecourt.payload, 'viewer')
  const token = await fetchToken(forecourt.app, user)
  const ask = (path: string) =>
    supertest(forecourt.app).post(path).set('Authorization', `Bearer ${token}`)
  const begun = (ago: string) =>
    forecourt.sql(
      'update users_sessions set created_at = now() - $2::interval where _parent_id = $1',
      [user.id, ago],
    )
  const { rows } = await forecourt.sql(
    'select extract(epoch from expires_at - created_at)::int as lasts from users_sessions ' +
      'where _parent_id = $1',
    [user.id],
  )
  return { ask, begun, lasts: rows[0]?.lasts as number }
}

describe('a session', () => {
  it('lasts half an hour, and another half with each renewal', async () => {
    const { ask, lasts } = await session()
    expect(lasts).toBe(1800)
    const { body } = await ask('/api/users/refresh-token').expect(200)
    expect(body.exp * 1000).toBeLessThanOrEqual(Date.now() + 1_800_000)
  })

  it('is renewed for twelve hours in all', async () => {
    const { ask, begun } = await session()
    await begun('11 hours 29 minutes')
    await ask('/api/users/refresh-token').expect(200)
    await begun('11 hours 31 minutes')
    const { body } = await ask('/api/users/refresh-token').expect(403)
    expect(body.errors[0].message).toBe('Your session ended after twelve hours. Sign in again.')
  })
})
