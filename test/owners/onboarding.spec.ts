import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anyVin } from '../support/builders.ts'
import { type IssuedForecourt, openIssued } from '../support/issued.ts'

const CLAIM = 'https://forecourt/email'
const unverified = { claims: { [`${CLAIM}_verified`]: false } }

/** The provider's management API, as far as it is asked. */
const requests: { url: string; authorization: string; body: unknown }[] = []
let status = 201
let management: Server
let forecourt: IssuedForecourt
beforeAll(async () => {
  management = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => (body += chunk.toString()))
    req.on('end', () => {
      requests.push({
        url: req.url ?? '',
        authorization: req.headers.authorization ?? '',
        body: JSON.parse(body),
      })
      res.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((resolve) => management.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(management.address() as AddressInfo).port}`
  forecourt = await openIssued({
    OWNERS_MANAGEMENT_URL: url,
    OWNERS_MANAGEMENT_TOKEN: 'marker-of-a-secret',
  })
})
afterAll(async () => {
  await forecourt.close()
  await new Promise((resolve) => management.close(resolve))
})

describe('verification of the address', () => {
  it('is known from the token, and a later token says that it was done', async () => {
    const ann = await forecourt.signInOwner(unverified)
    const { body } = await ann.api.get('/api/auth/verify').expect(200)
    expect(body).toEqual({ email: ann.email, emailVerified: false })
    const later = await forecourt.signInOwner({ claims: { [CLAIM]: ann.email } }, ann.subject)
    expect((await later.api.get('/api/auth/verify').expect(200)).body).toEqual({
      email: ann.email,
      emailVerified: true,
    })
  })

  it('is asked of the provider once more where the token names no address', async () => {
    forecourt.issuer.userinfo = { email: 'slow@example.com', email_verified: false }
    const ann = await forecourt.signInOwner({ claims: { [CLAIM]: null } })
    expect((await ann.api.get('/api/auth/verify').expect(200)).body.emailVerified).toBe(false)
    forecourt.issuer.userinfo = { email: 'slow@example.com', email_verified: true }
    expect((await ann.api.get('/api/auth/verify').expect(200)).body.emailVerified).toBe(true)
    expect((await ann.api.get('/api/me').expect(200)).body.profile.emailVerified).toBe(true)
  })

  it('is of another address once that was changed at the provider, also where tokens name none', async () => {
    forecourt.issuer.userinfo = { email: 'before@example.com', email_verified: true }
    const ann = await forecourt.signInOwner({ claims: { [CLAIM]: null } })
    await ann.api.get('/api/me').expect(200)
    const moved = { email: 'after@example.com', emailVerified: false }
    forecourt.issuer.userinfo = { email: moved.email, email_verified: false }
    expect((await ann.api.get('/api/auth/verify').expect(200)).body).toEqual(moved)
    expect((await ann.api.get('/api/me').expect(200)).body.profile).toMatchObject(moved)
    forecourt.issuer.userinfo = {}
    expect((await ann.api.get('/api/auth/verify').expect(200)).body).toEqual(moved)
  })

  it('asks the provider too often only as it bears, and says when to come back', async () => {
    forecourt.issuer.userinfo = { email: 'often@example.com', email_verified: false }
    const ann = await forecourt.signInOwner({ claims: { [CLAIM]: null } })
    for (let i = 0; i < 60; i++) await ann.api.get('/api/auth/verify').expect(200)
    const before = forecourt.issuer.requestCounts.userinfo
    const { headers } = await ann.api.get('/api/auth/verify').expect(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(500)
    expect(forecourt.issuer.requestCounts.userinfo).toBe(before)
  })

  it('is asked for again through the provider’s management API, by the owner’s subject', async () => {
    const ann = await forecourt.signInOwner(unverified)
    await ann.api.post('/api/auth/resend-verification').expect(202)
    expect(requests.at(-1)).toEqual({
      url: '/api/v2/jobs/verification-email',
      authorization: 'Bearer marker-of-a-secret',
      body: { user_id: ann.subject },
    })
  })

  it('is not asked for where it is done', async () => {
    const ann = await forecourt.signInOwner()
    const before = requests.length
    await ann.api.post('/api/auth/resend-verification').expect(409)
    expect(requests).toHaveLength(before)
  })

  it('that the provider refuses is told without its words', async () => {
    status = 403
    const ann = await forecourt.signInOwner(unverified)
    const { body, text } = await ann.api.post('/api/auth/resend-verification').expect(502)
    status = 201
    expect(body.errors[0].message).toBe(
      'The identity provider refused to send the e-mail; it responded with status 403.',
    )
    expect(text).not.toContain('marker')
  })

  it('is nobody’s to ask for without a token', async () => {
    await forecourt.anonymous.post('/api/auth/resend-verification').expect(401)
    await forecourt.anonymous.get('/api/auth/verify').expect(401)
    await forecourt.anonymous.get('/api/me').expect(401)
  })

  it('that the provider cannot be asked for is told, not broken off', async () => {
    const ann = await forecourt.signInOwner(unverified)
    status = 503
    const { body } = await ann.api.post('/api/auth/resend-verification').expect(502)
    status = 201
    expect(body.errors[0].message).toBe(
      'The identity provider is unavailable, so the e-mail could not be requested. Try again in a ' +
        'minute.',
    )
  })
})

describe('the way in', () => {
  it('goes from preferences to the first vehicle to the end, and is taken up where it was left', async () => {
    const ann = await forecourt.signInOwner()
    const next = async () =>
      (await ann.api.get('/api/onboarding').expect(200)).body.next as string | null
    expect(await next()).toBe('preferences')
    await ann.api.post('/api/onboarding/complete').expect(409)
    const result = { unitSystem: 'metric', currencyCode: 'CHF', timeZone: 'Europe/Zurich' }
    await ann.api.post('/api/onboarding/preferences').send(result).expect(200)
    expect((await ann.api.get('/api/me')).body.preferences).toEqual(result)
    expect(await next()).toBe('vehicle')
    const vin = anyVin()
    for (let i = 0; i < 2; i++)
      await ann.api.post('/api/onboarding/vehicle').send({ vin }).expect(200)
    expect((await ann.api.get('/api/vehicles').expect(200)).body).toMatchObject({
      totalDocs: 1,
      docs: [{ vin, userId: ann.subject }],
    })
    expect(await next()).toBe('complete')
    const { body } = await ann.api.post('/api/onboarding/complete').expect(200)
    expect(body).toMatchObject({ next: null, completedAt: expect.any(String) })
    const again = await ann.api.post('/api/onboarding/complete').expect(200)
    expect(again.body).toEqual(body)
  })

  it('has one first vehicle, however often it is sent at the same moment', async () => {
    const ann = await forecourt.signInOwner()
    const sent = Array.from({ length: 4 }, () =>
      ann.api.post('/api/onboarding/vehicle').send({ vin: anyVin() }),
    )
    for (const { status, body } of await Promise.all(sent))
      expect([status, body.steps.vehicle]).toEqual([200, true])
    expect((await ann.api.get('/api/vehicles').expect(200)).body.totalDocs).toBe(1)
  })

  it('goes on from preferences that are said again after they were deleted', async () => {
    const ann = await forecourt.signInOwner()
    const { body } = await ann.api.get('/api/user-preferences').expect(200)
    await ann.api.delete(`/api/user-preferences/${String(body.docs[0].id)}`).expect(200)
    const { body: way } = await ann.api
      .post('/api/onboarding/preferences')
      .send({ unitSystem: 'metric' })
      .expect(200)
    expect(way.next).toBe('vehicle')
    const preferences = { unitSystem: 'metric', currencyCode: 'USD', timeZone: 'America/New_York' }
    expect((await ann.api.get('/api/me')).body.preferences).toEqual(preferences)
  })

  it('says which preference is wrong, and what it should be', async () => {
    const ann = await forecourt.signInOwner()
    const { body } = await ann.api
      .post('/api/onboarding/preferences')
      .send({ timeZone: 'Mars/Olympus' })
      .expect(400)
    expect(body.errors[0].message).toContain(
      'must be an IANA time zone name, such as America/New_York or UTC, not Mars/Olympus',
    )
  })

  it('keeps nothing else waiting', async () => {
    const ann = await forecourt.signInOwner()
    await ann.api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)
    expect((await ann.api.get('/api/onboarding')).body).toMatchObject({
      next: 'preferences',
      steps: { vehicle: true },
    })
  })

  it.each<[string, object]>([
    ['a currency that there is not', { currencyCode: 'XXQ' }],
    ['a zone that there is not', { timeZone: 'Mars/Olympus' }],
    ['units that there are not', { unitSystem: 'nautical' }],
    ['somebody else’s name', { userId: 'auth0|other' }],
  ])('refuses %s', async (_what, body) => {
    const ann = await forecourt.signInOwner()
    await ann.api.post('/api/onboarding/preferences').send(body).expect(400)
  })

  it('refuses a vehicle without VIN and plate, as the garage does', async () => {
    const ann = await forecourt.signInOwner()
    await ann.api.post('/api/onboarding/vehicle').send({ make: 'Honda' }).expect(400)
    await ann.api.post('/api/onboarding/vehicle').send('[]').type('json').expect(400)
  })
})
