import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'

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

const signIn = (email: string, password: string) => supertest(forecourt.app).post('/api/users/login').send({ email, password })

const countedInPostgres = async () => Number((await forecourt.sql('select count(*) from sign_in_tries')).rows[0].count)

;(there ? describe : describe.skip)('tries to sign in, where there is Redis', () => {
  it('are counted in Redis, and on in PostgreSQL when Redis dies', async () => {
    const { email, password } = await saveUser(forecourt.payload, 'manager')
    await signIn(email, 'wrong').expect(401) // the connection may still be opening
    await forecourt.sql('delete from sign_in_tries')
    for (let tries = 0; tries < 10; tries++) await signIn(email, 'wrong').expect(401)
    await signIn(email, password).expect(401)
    expect(await countedInPostgres()).toBe(0)
    await redis.kill()
    for (let tries = 0; tries < 10; tries++) await signIn(email, 'wrong').expect(401)
    expect(await countedInPostgres()).toBe(2)
    await signIn(email, password).expect(401)
  })
})
