import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from '../support/issued.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'

const CLAIM = 'https://forecourt/email'
const there = findRedis()

/** How many mails the provider was asked to send. */
let mails = 0
let management: Server
let redis: RedisPeer | undefined
let forecourt: IssuedForecourt
let ann: Issued
let bob: Issued

beforeAll(async () => {
  management = createServer((req, res) => {
    req.resume().on('end', () => {
      mails += 1
      res.writeHead(201).end('{}')
    })
  })
  await new Promise<void>((resolve) => management.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(management.address() as AddressInfo).port}`
  redis = there ? await openRedis() : undefined
  const settings = { ...TERMS, OWNERS_MANAGEMENT_URL: url, OWNERS_MANAGEMENT_TOKEN: 'a-token' }
  forecourt = await openIssued({ ...settings, ...(redis && { REDIS_URL: redis.url }) })
  if (redis) await untilCountedInRedis()
})
afterAll(async () => {
  await redis?.kill()
  await forecourt.close()
  management.closeAllConnections()
  await new Promise((resolve) => management.close(resolve))
})
beforeEach(async () => {
  ann = await forecourt.signInOwner({ claims: { [`${CLAIM}_verified`]: false } })
  bob = await forecourt.signInOwner({ claims: { [`${CLAIM}_verified`]: false } })
})

const countedInPostgres = async () =>
  Number((await forecourt.sql('select count(*) from sign_in_tries')).rows[0].count)

/** The first request opens the connection, and is counted in PostgreSQL meanwhile. */
async function untilCountedInRedis(): Promise<void> {
  for (let before = -1; before < (await countedInPostgres());) {
    before = await countedInPostgres()
    await agreeing(await forecourt.signInOwner(), 0)
  }
  await forecourt.sql('delete from sign_in_tries')
}

type Pending = (
  owner: Issued,
  time: number,
) => Promise<{ status: number; headers: Record<string, string>; text: string }>

const agreeing: Pending = ({ api }) =>
  api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' })
const resending: Pending = ({ api }) => api.post('/api/auth/resend-verification')
const exporting: Pending = ({ api }) => api.get('/api/me/export')
const leaving: Pending = async ({ api }, time) => {
  if (time > 0) await api.delete('/api/me/deletion')
  return api.post('/api/me/deletion')
}
const moving: Pending = async (owner, time) => {
  if (time === 0) await agreeing(owner, 0)
  return owner.api.patch('/api/me').send({ notificationEmail: `${time}-${owner.email}` })
}

describe.each<[string, Pending, number, number]>([
  ['agreeing to the terms', agreeing, 20, 201],
  ['having the verification mail sent again', resending, 5, 202],
  ['naming another address for mails', moving, 10, 200],
  ['asking to be deleted', leaving, 10, 202],
  ['exporting everything', exporting, 10, 200],
])('%s', (_what, ask, most, good) => {
  it(
    'goes too often an hour for an owner, whose next one is told when; for another owner as ' +
      'before',
    async () => {
      for (let time = 0; time < most; time++) expect((await ask(ann, time)).status).toBe(good)
      const sent = mails
      const { status, headers, text } = await ask(ann, most)
      expect(status).toBe(429)
      expect(Number(headers['retry-after'])).toBeGreaterThan(3_000)
      expect(text).toMatch(/Try again in (5\d|60) min\./)
      expect(mails).toBe(sent)
      expect((await ask(bob, 0)).status).toBe(good)
    },
  )
})

;(there ? it : it.skip)('the limits are still there when Redis dies', async () => {
  await resending(ann, 0)
  await redis?.kill()
  for (let time = 0; time < 5; time++) expect((await resending(bob, time)).status).toBe(202)
  expect((await resending(bob, 5)).status).toBe(429)
  const { rows } = await forecourt.sql(
    `select points from sign_in_tries where key like 'request:resend-verification:%'`,
  )
  expect(rows).toEqual([{ points: 5 }])
})

it('a change of the name alone is none of the address', async () => {
  await agreeing(ann, 0)
  for (let time = 0; time < 12; time++)
    await ann.api
      .patch('/api/me')
      .send({ displayName: `Ann ${time}` })
      .expect(200)
})
