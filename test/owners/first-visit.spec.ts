import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { type IssuedForecourt, openIssued } from '../support/issued.ts'

const CLAIM = 'https://forecourt/email'

let forecourt: IssuedForecourt
beforeAll(async () => {
  forecourt = await openIssued()
})
afterAll(() => forecourt.close())

const profilesOf = async (subject: string) =>
  (await forecourt.sql('select * from user_profiles where auth0_sub = $1', [subject]))
    .rows as Record<string, unknown>[]
const preferencesOf = async (subject: string) =>
  (
    await forecourt.sql(
      'select unit_system, currency_code, time_zone from user_preferences where user_id = $1',
      [subject],
    )
  ).rows

describe('the first token of an owner', () => {
  it('makes their profile and their preferences', async () => {
    const ann = await forecourt.signInOwner({
      claims: { locale: 'de-DE', zoneinfo: 'Europe/Berlin' },
    })
    await ann.api.get('/api/vehicles').expect(200)
    expect(await profilesOf(ann.subject)).toMatchObject([
      { email: ann.email, email_verified: true, subscription_tier: 'free' },
    ])
    expect(await preferencesOf(ann.subject)).toEqual([
      { unit_system: 'metric', currency_code: 'EUR', time_zone: 'Europe/Berlin' },
    ])
  })

  it('makes one of each, however many requests bring it at once', async () => {
    const ann = await forecourt.signInOwner()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ann.api.get('/api/vehicles')),
    )
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([200])
    expect(
      [await profilesOf(ann.subject), await preferencesOf(ann.subject)].map(({ length }) => length),
    ).toEqual([1, 1])
  })

  it('is not enough where nothing names an address, and none is taken from the body', async () => {
    const ann = await forecourt.signInOwner({ claims: { [CLAIM]: null } })
    const { userinfo } = forecourt.issuer.requestCounts
    for (let i = 0; i < 3; i++)
      await ann.api
        .post('/api/vehicles')
        .send({ email: 'ann@example.com', licensePlate: 'X 1' })
        .expect(403)
    expect(forecourt.issuer.requestCounts.userinfo).toBe(userinfo + 1)
    expect(await profilesOf(ann.subject)).toEqual([])
  })

  it('asks the provider once where the token names no address', async () => {
    forecourt.issuer.userinfo = { email: 'asked@example.com', email_verified: true }
    const ann = await forecourt.signInOwner({ claims: { [CLAIM]: null } })
    const { userinfo } = forecourt.issuer.requestCounts
    for (let i = 0; i < 3; i++) await ann.api.get('/api/vehicles').expect(200)
    expect(forecourt.issuer.requestCounts.userinfo).toBe(userinfo + 1)
    expect(await profilesOf(ann.subject)).toMatchObject([
      { email: 'asked@example.com', email_verified: true },
    ])
  })

  it('makes nothing for somebody who was purged, whose rows are no way in either', async () => {
    const hash = (subject: string) => createHash('sha256').update(subject).digest('hex')
    const [gone, back] = [await forecourt.signInOwner(), await forecourt.signInOwner()]
    await back.api.get('/api/vehicles').expect(200)
    for (const { subject } of [gone, back])
      await forecourt.sql('insert into purged_owners (subject_hash) values ($1)', [hash(subject)])
    await gone.api.get('/api/vehicles').expect(403)
    await back.api.get('/api/vehicles').expect(403)
    expect(await profilesOf(gone.subject)).toEqual([])
  })
})

describe('later tokens', () => {
  it(
    'bring another address along that was changed at the provider, and older ones do not bring ' +
      'the old one back',
    async () => {
      const ann = await forecourt.signInOwner({
        claims: { iat: Math.floor(Date.now() / 1000) - 120 },
      })
      await ann.api.get('/api/vehicles').expect(200)
      await forecourt.ownerSql(
        `alter table user_profiles disable trigger user; update user_profiles
        set updated_at = now() - interval '1 minute';
       alter table user_profiles enable trigger user`,
      )
      const later = await forecourt.signInOwner(
        { claims: { [CLAIM]: 'new@example.com', [`${CLAIM}_verified`]: false } },
        ann.subject,
      )
      await later.api.get('/api/vehicles').expect(200)
      await ann.api.get('/api/vehicles').expect(200)
      expect(await profilesOf(ann.subject)).toMatchObject([
        { email: 'new@example.com', email_verified: false },
      ])
    },
  )

  it('of a deactivated account are refused', async () => {
    const ann = await forecourt.signInOwner()
    await ann.api.get('/api/vehicles').expect(200)
    await forecourt.sql('update user_profiles set deactivated_at = now() where auth0_sub = $1', [
      ann.subject,
    ])
    await ann.api.get('/api/vehicles').expect(403)
  })
})

describe('while the provider is away', () => {
  it(
    'who came before goes on, and who can’t be judged hears 503 and when to come back, over ' +
      'GraphQL too',
    async () => {
      const ann = await forecourt.signInOwner()
      await ann.api.get('/api/vehicles').expect(200)
      const bob = await forecourt.signInOwner({ claims: { [CLAIM]: null } })
      await forecourt.issuer.stop()
      try {
        await ann.api.get('/api/vehicles').expect(200)
        const refused = await bob.api.get('/api/vehicles').expect(503)
        expect(refused.headers['retry-after']).toBe('5')
        expect(refused.body.errors[0].message).toContain('identity provider')
        await bob.api.post('/api/graphql').send({ query: '{ Vehicles { totalDocs } }' }).expect(503)
        await bob.api
          .post('/api/vehicles')
          .set('x-http-method-override', 'GET')
          .type('form')
          .send('limit=1')
          .expect(503)
        await supertest(forecourt.app).get('/api/inventory').expect(200)
        await (await forecourt.as('viewer')).get('/api/inventory').expect(200)
      } finally {
        await forecourt.issuer.start()
      }
    },
  )
})
