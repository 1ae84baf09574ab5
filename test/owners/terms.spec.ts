import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from '../support/issued.ts'
import { makeGarageAdmin } from '../support/owners.ts'

let forecourt: IssuedForecourt
beforeAll(async () => {
  forecourt = await openIssued(TERMS)
})
afterAll(() => forecourt.close())

const AGREEING = { acceptTerms: true, version: '2.0' }
const agreementsOf = async ({ subject }: Issued) =>
  (await forecourt.sql('select * from terms_agreements where user_id = $1', [subject]))
    .rows as Record<string, unknown>[]
const agreedBefore = ({ subject }: Issued) =>
  forecourt.sql(
    `insert into terms_agreements (user_id, agreed_at, ip_address, user_agent, terms_version,
      terms_url, terms_content_hash)
     values ($1, '2020-01-02T03:04:05Z', '192.0.2.7', 'An old browser', '1.0',
       'https://forecourt.example/terms/1', $2)`,
    [subject, 'cd'.repeat(32)],
  )

describe('an owner who has not agreed', () => {
  it('is refused what owners keep, by REST and GraphQL, with a code', async () => {
    const ann = await forecourt.signInOwner()
    const code = 'terms_required'
    const refused = {
      message: expect.stringContaining('Agree to the terms'),
      code,
      path: null,
      data: { code },
    }
    for (const path of [
      'vehicles',
      'fuel-logs',
      'documents',
      'user-preferences',
      'user-profiles',
      'terms-agreements',
    ])
      expect((await ann.api.get(`/api/${path}`).expect(403)).body.errors).toEqual([refused])
    expect((await ann.api.get(`/api/vehicles/${randomUUID()}`).expect(403)).body.errors).toEqual([
      refused,
    ])
    expect(
      (await ann.api.post('/api/vehicles').send({ licensePlate: 'X 1' }).expect(403)).body.errors,
    ).toEqual([refused])
    expect(
      (await ann.api.post('/api/onboarding/preferences').send({}).expect(403)).body.errors,
    ).toEqual([refused])
    for (const query of [
      '{ Vehicles { totalDocs } }',
      'mutation { createVehicle(data: { licensePlate: "X 1" }) { id } }',
    ]) {
      const { body } = await ann.api.post('/api/graphql').send({ query })
      expect(body.errors).toMatchObject([
        { message: refused.message, extensions: { data: refused.data, statusCode: 403 } },
      ])
    }
  })

  it('sees what everybody sees, and their own account', async () => {
    const ann = await forecourt.signInOwner()
    await ann.api.get('/api/inventory').expect(200)
    await ann.api.get('/api/community-stations').expect(200)
    const { body, headers } = await ann.api.get('/api/me').expect(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toMatchObject({
      profile: { email: ann.email, emailVerified: true },
      terms: {
        state: 'required',
        current: { version: '2.0', url: TERMS.TERMS_URL, contentHash: TERMS.TERMS_CONTENT_HASH },
      },
    })
  })

  it('is no admin of the garage either', async () => {
    const ann = await forecourt.signInOwner()
    await makeGarageAdmin(forecourt.payload, ann.subject, ann.email)
    await ann.api.get('/api/admin-users').expect(403)
  })
})

describe('agreeing', () => {
  it('opens the garage, and keeps what the settings and the request say', async () => {
    const ann = await forecourt.signInOwner()
    const { body } = await ann.api
      .post('/api/auth/signup')
      .set('user-agent', 'A browser')
      .send(AGREEING)
      .expect(201)
    expect(body.terms).toMatchObject({ state: 'agreed', agreed: { version: '2.0' } })
    expect(await agreementsOf(ann)).toMatchObject([
      {
        terms_version: '2.0',
        terms_url: TERMS.TERMS_URL,
        terms_content_hash: TERMS.TERMS_CONTENT_HASH,
        user_agent: 'A browser',
        ip_address: expect.stringMatching(/127\.0\.0\.1$/),
      },
    ])
    const { headers } = await ann.api.get('/api/vehicles').expect(200)
    expect(headers['x-terms-outdated']).toBeUndefined()
  })

  it.each<[string, object, number]>([
    ['to another version than the current one', { acceptTerms: true, version: '1.0' }, 409],
    ['without saying yes', { acceptTerms: false, version: '2.0' }, 400],
    ['with an address of one’s own', { ...AGREEING, ipAddress: '192.0.2.1' }, 400],
    ['without a version', { acceptTerms: true }, 400],
  ])('%s is refused', async (_what, body, status) => {
    const ann = await forecourt.signInOwner()
    await ann.api.post('/api/auth/signup').send(body).expect(status)
    expect(await agreementsOf(ann)).toEqual([])
  })

  it('many times at once, and again, is agreeing once', async () => {
    const ann = await forecourt.signInOwner()
    await Promise.all(
      Array.from({ length: 10 }, () => ann.api.post('/api/auth/signup').send(AGREEING).expect(201)),
    )
    const [first] = await agreementsOf(ann)
    await ann.api.post('/api/auth/signup').send(AGREEING).expect(201)
    expect(await agreementsOf(ann)).toEqual([first])
  })

  it('is for owners with a token', async () => {
    await forecourt.anonymous.post('/api/auth/signup').send(AGREEING).expect(401)
    await (await forecourt.as('admin')).post('/api/auth/signup').send(AGREEING).expect(403)
  })
})

describe('an owner whose agreement is older', () => {
  it('goes on, and hears which terms hold now', async () => {
    const ann = await forecourt.signInOwner()
    await agreedBefore(ann)
    expect((await ann.api.get('/api/vehicles').expect(200)).headers['x-terms-outdated']).toBe('2.0')
    const query = { query: '{ Vehicles { totalDocs } }' }
    expect(
      (await ann.api.post('/api/graphql').send(query).expect(200)).headers['x-terms-outdated'],
    ).toBe('2.0')
    expect((await ann.api.get('/api/me').expect(200)).body.terms).toMatchObject({
      state: 'outdated',
      agreed: { version: '1.0' },
    })
  })

  it('agrees again in the one row, and the audit log keeps the agreement before', async () => {
    const ann = await forecourt.signInOwner()
    await agreedBefore(ann)
    await ann.api.post('/api/auth/signup').send(AGREEING).expect(201)
    expect(await agreementsOf(ann)).toMatchObject([{ terms_version: '2.0' }])
    const { rows } = await forecourt.sql(
      `select context from admin_audit_logs where action = 'agree_anew' and resource_id = $1`,
      [ann.subject],
    )
    expect(rows).toMatchObject([
      {
        context: {
          owner: ann.subject,
          fields: {
            termsVersion: { from: '1.0', to: '2.0' },
            agreedAt: { from: '2020-01-02T03:04:05.000Z' },
            ipAddress: { from: '192.0.2.7' },
            userAgent: { from: 'An old browser' },
          },
        },
      },
    ])
  })
})

describe('without a management API', () => {
  it('no mail is asked for, and the answer says what is missing', async () => {
    const ann = await forecourt.signInOwner({
      claims: { 'https://forecourt/email_verified': false },
    })
    const { body } = await ann.api.post('/api/auth/resend-verification').expect(501)
    expect(body.errors[0].message).toContain('OWNERS_MANAGEMENT_URL')
  })
})
