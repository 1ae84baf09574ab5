import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { saveCar } from '../support/builders.ts'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { ORIGIN } from '../support/settings.ts'

const LISTED = 'https://shop.example'

let forecourt: TestForecourt
let cookie: string
beforeAll(async () => {
  forecourt = await openForecourt({ CORS_ORIGINS: LISTED })
  for (let n = 0; n < 12; n++) await saveCar(forecourt.payload)
  const user = await saveUser(forecourt.payload, 'manager')
  const login = await forecourt.anonymous
    .post('/api/users/login')
    .send({ email: user.email, password: user.password })
    .expect(200)
  cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
})
afterAll(() => forecourt.close())

/** Sends a request without the cookies that agents keep. */
const ask = () => supertest(forecourt.app)

describe('every answer', () => {
  it('has an id: the one that a proxy sent, or one of its own', async () => {
    expect((await ask().get('/healthz')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(
      (await ask().get('/api/inventory').set('X-Request-Id', 'proxy-0815-4711')).headers[
        'x-request-id'
      ],
    ).toBe('proxy-0815-4711')
    for (const requestId of ['short', 'x'.repeat(65), '<script>alert(1)</script>']) {
      expect(
        (await ask().get('/healthz').set('X-Request-Id', requestId)).headers['x-request-id'],
      ).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it.each([
    '/healthz',
    '/readyz',
    '/api/inventory',
    '/api/inventory/none',
    '/api/users',
    '/api/nothing',
    '/nothing',
    '/api/media/file/none.webp',
  ])('lets nothing run, frame or sniff: %s', async (path) => {
    const { headers } = await ask().get(path)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('strict-transport-security')
  })

  it('is JSON, for what does not exist too', async () => {
    for (const path of [
      '/nothing',
      '/api/nothing',
      '/api/inventory/none',
      '/api/users/none/x',
      '/api',
    ]) {
      const { status, body, headers } = await ask().get(path)
      expect([403, 404]).toContain(status)
      expect(headers['content-type']).toContain('application/json')
      expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*\.js/)
    }
  })

  it('to HEAD is that to GET without its body', async () => {
    for (const path of ['/api/inventory', '/healthz', '/api/inventory/none']) {
      const [get, head] = [await ask().get(path), await ask().head(path)]
      expect({
        status: head.status,
        type: head.headers['content-type'],
        body: Boolean(head.text),
      }).toEqual({
        status: get.status,
        type: get.headers['content-type'],
        body: false,
      })
    }
  })

  it('holds the public origin, whatever Host a client says', async () => {
    const photoless = await ask()
      .get('/api/nothing')
      .set('Host', 'evil.example')
      .set('X-Forwarded-Host', 'evil.example')
    expect(photoless.text + JSON.stringify(photoless.headers)).not.toContain('evil.example')
    const login = await ask()
      .post('/api/users/forgot-password')
      .set('Host', 'evil.example')
      .send({ email: 'a@b.example' })
    expect(login.text).not.toContain('evil.example')
  })
})

describe('another site', () => {
  it('may read what is public, without credentials', async () => {
    for (const origin of ['https://anyone.example', LISTED]) {
      const { headers } = await ask().get('/api/inventory').set('Origin', origin).expect(200)
      expect(['*', origin === LISTED ? LISTED : '*']).toContain(
        headers['access-control-allow-origin'],
      )
    }
    const { headers } = await ask().get('/api/inventory').set('Origin', 'https://anyone.example')
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*' })
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it('gets no answer to a signed-in request unless its origin is listed', async () => {
    const stranger = await ask()
      .get('/api/inventory')
      .set('Origin', 'https://anyone.example')
      .set('Cookie', cookie)
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined()
    expect(stranger.headers).not.toHaveProperty('access-control-allow-credentials')
    const listed = await ask()
      .get('/api/users/me')
      .set('Origin', LISTED)
      .set('Cookie', cookie)
      .expect(200)
    expect(listed.headers).toMatchObject({
      'access-control-allow-origin': LISTED,
      'access-control-allow-credentials': 'true',
    })
    expect(listed.body.user).not.toBeNull()
  })

  it('hears before it asks whether it may', async () => {
    const preflight = (origin: string) =>
      ask()
        .options('/api/inventory')
        .set('Origin', origin)
        .set('Access-Control-Request-Method', 'POST')
    expect((await preflight(LISTED)).headers['access-control-allow-origin']).toBe(LISTED)
    expect(
      (await preflight('https://anyone.example')).headers['access-control-allow-origin'],
    ).toBeUndefined()
  })

  it.each([
    ['of a stranger', { Origin: 'https://evil.example' }],
    ['that begins like ours', { Origin: `${ORIGIN}.evil.example` }],
    ['that is null', { Origin: 'null' }],
    ['that is not said', {}],
    ['that is not said, from another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('writes nothing with the cookie of staff: an origin %s', async (_what, headers) => {
    const before = await forecourt.payload.count({ collection: 'inventory', overrideAccess: true })
    await ask()
      .post('/api/inventory')
      .set('Cookie', cookie)
      .set(headers)
      .send({ make: 'x' })
      .expect(403)
    await ask()
      .post('/api/graphql')
      .set('Cookie', cookie)
      .set(headers)
      .send({ query: '{ meUser { user { id } } }' })
      .expect(({ body }) => expect(JSON.stringify(body)).toBe('{"data":{"meUser":{"user":null}}}'))
    expect(
      await forecourt.payload.count({ collection: 'inventory', overrideAccess: true }),
    ).toEqual(before)
  })
})

describe('the panel’s own requests', () => {
  it('are signed in by the cookie, which scripts cannot read and other sites do not send', async () => {
    const { body } = await ask()
      .get('/api/users/me')
      .set('Cookie', cookie)
      .set('Origin', ORIGIN)
      .expect(200)
    expect(body.user.role).toBe('manager')
    const user = await saveUser(forecourt.payload, 'viewer')
    const login = await ask()
      .post('/api/users/login')
      .send({ email: user.email, password: user.password })
      .expect(200)
    const [session = '', device = '', ...others] = login.headers[
      'set-cookie'
    ] as unknown as string[]
    expect(others).toEqual([])
    expect(session).toMatch(/^forecourt-token=[^;]+; .*HttpOnly.*SameSite=(Lax|Strict)/i)
    expect(device).toMatch(/^forecourt-device-[0-9a-f]+=[^;]+; .*HttpOnly; SameSite=Strict/)
  })

  it('end with signing out: the old cookie and token are nobody', async () => {
    const user = await saveUser(forecourt.payload, 'viewer')
    const login = await ask()
      .post('/api/users/login')
      .send({ email: user.email, password: user.password })
      .expect(200)
    const mine = { Cookie: String(login.headers['set-cookie']).split(';')[0] ?? '', Origin: ORIGIN }
    await ask().post('/api/users/logout').set(mine).expect(200)
    expect((await ask().get('/api/users/me').set(mine)).body.user).toBeNull()
    await ask().get('/api/users/me').set('Authorization', `Bearer ${login.body.token}`).expect(401)
  })
})

describe('a list', () => {
  it.each([
    ['limit=0', 10],
    ['limit=5', 5],
    ['limit=100000&pagination=false', 12],
    ['pagination=false', 10],
    ['page=0', 10],
    ['page=1000000', 0],
    ['depth=1000000', 10],
  ])('with %s holds %s rows', async (query, rows) => {
    const { body } = await ask().get(`/api/inventory?${query}`).expect(200)
    expect(body.docs).toHaveLength(rows)
  })
})
