import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { waitUntil } from '../support/work.ts'
import { getService } from '../../src/services.ts'

const there = findRedis()
let redis: RedisPeer
let forecourt: TestForecourt

beforeAll(async () => {
  if (!there) return
  redis = await openRedis()
  forecourt = await openForecourt({ REDIS_URL: redis.url })
})
afterAll(async () => {
  if (!there) return
  await redis.kill()
  await forecourt.close()
})

const signIn = (email: string, password: string) =>
  supertest(forecourt.app).post('/api/users/login').send({ email, password })

const countedInPostgres = async () =>
  Number((await forecourt.sql('select count(*) from sign_in_tries')).rows[0].count)

;(there ? describe : describe.skip)('where there is Redis', () => {
  it('tries to sign in are counted in PostgreSQL, so that no restart of Redis gives them back', async () => {
    const { email, password } = await saveUser(forecourt.payload, 'manager')
    await forecourt.sql('delete from sign_in_tries')
    for (let tries = 0; tries < 10; tries++) await signIn(email, 'wrong').expect(401)
    await signIn(email, password).expect(401)
    expect(await countedInPostgres()).toBe(2)
  })

  it(
    'other requests are counted there, and on in PostgreSQL while it is frozen, which costs one ' +
      'wait and not one each',
    async () => {
      const { payload } = forecourt
      const spend = () =>
        getService(payload, 'rateLimiter').consume(
          payload,
          'request:test',
          { max: 1000, seconds: 600 },
          'somebody',
        )
      await waitUntil(async () => {
        await forecourt.sql('delete from sign_in_tries')
        await spend()
        return (await countedInPostgres()) === 0
      }, 'Redis counts')
      const connection = getService(payload, 'redis')
      redis.freeze()
      expect(await spend()).toBeNull()
      expect(connection?.isUp).toBe(false)
      for (let requested = 0; requested < 11; requested++) expect(await spend()).toBeNull()
      redis.resume()
      const { rows } = await forecourt.sql(
        "select points from sign_in_tries where key = 'request:test:somebody'",
      )
      expect(rows).toEqual([{ points: 12 }])
    },
  )
})
