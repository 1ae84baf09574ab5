import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openSignIn, type SignInStage } from '../support/oidc-stage.ts'

const HERE = '203.0.113.1'
const ELSEWHERE = '203.0.113.2'

let stage: SignInStage
beforeAll(async () => {
  stage = await openSignIn(['HOUSE'], { TRUSTED_PROXIES: '1' })
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.forecourt.sql('delete from sign_in_tries')
})

const ask = (path: string, address = HERE, method: 'get' | 'post' = 'get') =>
  supertest(stage.forecourt.app)
    [method](path)
    .set('X-Forwarded-For', address)
    .set('Sec-Fetch-Site', 'same-origin')

/** Counts that many earlier requests for an address. */
const requested = (kind: string, times: number, address = HERE) =>
  stage.forecourt.sql('insert into sign_in_tries (key, points, expire) values ($1, $2, $3)', [
    `request:${kind}:${address}`,
    times,
    Date.now() + 500_000,
  ])

const handshakes = async () =>
  Number((await stage.forecourt.sql('select count(*) from session')).rows[0].count)

describe('signing in with a provider', () => {
  it(
    'is begun a hundred times in ten minutes from an address; the next is told when, and leaves ' +
      'no row',
    async () => {
      await requested('sign-in:leave', 99)
      await ask('/auth/house').expect(303)
      const rows = await handshakes()
      const { headers, text } = await ask('/auth/house').expect(429)
      expect(Number(headers['retry-after'])).toBeGreaterThan(400)
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(500)
      expect(headers['set-cookie']).toBeUndefined()
      expect(text).toContain('Too many sign-ins from your IP address')
      expect(await handshakes()).toBe(rows)
    },
  )

  it('is not begun more often because many begin at once', async () => {
    await requested('sign-in:leave', 95)
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('/auth/house')))
    expect(answers.map(({ status }) => status).filter((status) => status === 303)).toHaveLength(5)
  })

  it('is begun elsewhere all the same, and here when the ten minutes are over', async () => {
    await requested('sign-in:leave', 100)
    await ask('/auth/house').expect(429)
    await ask('/auth/house', ELSEWHERE).expect(303)
    await stage.forecourt.sql('update sign_in_tries set expire = $1', [Date.now() - 1])
    await ask('/auth/house').expect(303)
  })

  it('counts the addresses of one network of IPv6 together', async () => {
    await requested('sign-in:leave', 100, '2001:db8:1:2::/64')
    await ask('/auth/house', '2001:db8:1:2:aaaa::7').expect(429)
    await ask('/auth/house', '2001:db8:1:3:aaaa::7').expect(303)
  })

  it('comes back a hundred times in ten minutes', async () => {
    await requested('sign-in:return', 99)
    await ask('/auth/house/callback?code=x&state=y').expect(303)
    await ask('/auth/house/callback?code=x&state=y').expect(429)
    await ask('/auth/house').expect(303)
  })

  it('is a 404 for a provider that there is not, however often', async () => {
    await requested('sign-in:leave', 100)
    await ask('/auth/nobody').expect(404)
  })
})

describe('who is signed in', () => {
  it(
    'is told six hundred times in ten minutes, and beyond that when to ask again, signing out ' +
      'included',
    async () => {
      await requested('signed-in', 598)
      await ask('/auth/me').expect(200)
      await ask('/auth/logout', HERE, 'post').expect(200)
      for (const answer of [await ask('/auth/me'), await ask('/auth/logout', HERE, 'post')]) {
        expect(answer.status).toBe(429)
        expect(answer.headers['retry-after']).toMatch(/^\d+$/)
        expect(answer.body.errors[0].message).toMatch(
          /^Too many session requests .* Try again in \d min\.$/,
        )
      }
    },
  )
})

describe('tries with a password from one address', () => {
  it('tell in Retry-After, too, when there may be more', async () => {
    await stage.forecourt.sql(
      'insert into sign_in_tries (key, points, expire) values ($1, 100, $2)',
      [`sign-in:address:${HERE}`, Date.now() + 600_000],
    )
    const { headers } = await ask('/api/users/login', HERE, 'post')
      .send({ email: 'a@x.example', password: 'wrong' })
      .expect(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(500)
  })
})
