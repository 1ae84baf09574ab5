import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

const SHOP = 'https://shop.example'
const OTHER = 'https://site.example'
const QUERY = { query: '{ Inventories { totalDocs } }' }

let forecourt: TestForecourt
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt({ CORS_ORIGINS: SHOP })
  await saveCar(forecourt.payload)
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())

const anonymous = () => forecourt.anonymous

describe('a page of any origin', () => {
  const preflight = (path: string, method: string, headers: string, origin = OTHER) =>
    anonymous().options(path).set({
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    })

  it.each([
    ['/api/graphql', 'POST', 'content-type, apollographql-client-name, traceparent'],
    ['/api/inventory', 'GET', 'if-none-match, x-request-id'],
    ['/api/media/file/x.webp', 'GET', 'range, if-range'],
    ['/api/nothing', 'GET', 'if-none-match'],
  ])(
    'may ask %s by %s with %s, and need not ask again for hours',
    async (path, method, headers) => {
      const { headers: granted } = await preflight(path, method, headers).expect(204)
      expect(granted).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-max-age': '7200',
      })
      expect(granted).not.toHaveProperty('access-control-allow-credentials')
      expect(granted['access-control-allow-methods']).toContain(method)
      const allowed = String(granted['access-control-allow-headers']).toLowerCase().split(', ')
      expect(allowed).toEqual(expect.arrayContaining(headers.split(', ')))
      expect(allowed).not.toContain('authorization')
      expect(granted['vary']).toContain('Access-Control-Request-Headers')
    },
  )

  it.each(['POST', 'PATCH', 'DELETE'])('may not %s over REST', async (method) => {
    const { headers } = await preflight('/api/inventory', method, 'content-type, authorization')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('reads anonymous GraphQL and its errors, and the headers that it needs', async () => {
    for (const body of [QUERY, { query: '{' }, {}]) {
      const { headers } = await anonymous().post('/api/graphql').set('origin', OTHER).send(body)
      expect(headers).toMatchObject({ 'access-control-allow-origin': '*' })
      for (const name of ['ETag', 'X-Request-Id', 'Retry-After', 'Content-Range'])
        expect(headers['access-control-expose-headers']).toContain(name)
    }
  })

  it('reads nothing of a signed-in request', async () => {
    const { headers } = await owner.api.post('/api/graphql').set('origin', OTHER).send(QUERY)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('that is listed may send tokens, keys and conditions', async () => {
    const { headers } = await preflight('/api/vehicles/x', 'PATCH', 'authorization', SHOP).expect(
      204,
    )
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
    })
    for (const name of ['Authorization', 'Idempotency-Key', 'If-Match', 'If-None-Match'])
      expect(headers['access-control-allow-headers']).toContain(name)
    const read = await owner.api.get('/api/vehicles').set('origin', SHOP)
    expect(read.headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
    })
  })
})

describe('a token that stands for nobody', () => {
  const INVALID = /^Bearer .*error="invalid_token"/
  const TOKENS = [
    'Bearer x',
    'bearer a.b.c',
    'Bearer',
    'JWT eyJhbGciOiJIUzI1NiJ9.e30.x',
    'Bearer two parts',
  ]

  it('is a 401 with a challenge at every endpoint there is', async () => {
    const { collections, endpoints } = forecourt.payload.config
    const own = collections.flatMap((one) =>
      (one.endpoints || []).map(({ method, path }) => [method, `/${one.slug}${path}`]),
    )
    const all = [...own, ...endpoints.map(({ method, path }) => [method, path])] as [
      'get',
      string,
    ][]
    expect(all.length).toBeGreaterThan(150)
    const ask = async ([method, path]: ['get', string]) => {
      const url = `/api${path.replaceAll(/:\w+\??/g, '0192d3c4-0000-7000-8000-000000000000')}`
      const { status, headers, body } = await anonymous()
        [method](url)
        .set('authorization', 'Bearer x')
      expect([method, path, status, body.errors?.[0]?.code]).toEqual([
        method,
        path,
        401,
        'invalid_token',
      ])
      expect(headers['www-authenticate']).toMatch(INVALID)
    }
    for (let i = 0; i < all.length; i += 8) await Promise.all(all.slice(i, i + 8).map(ask))
  })

  it.each(TOKENS)('is a 401 over REST and GraphQL: %s', async (authorization) => {
    const rest = await anonymous().get('/api/inventory').set({ authorization }).expect(401)
    const graphql = await anonymous()
      .post('/api/graphql')
      .set({ authorization })
      .send(QUERY)
      .expect(401)
    const who = await anonymous().get('/auth/me').set({ authorization }).expect(401)
    for (const { headers, body } of [rest, graphql, who]) {
      expect(headers['www-authenticate']).toMatch(INVALID)
      expect(body.errors[0].code).toBe('invalid_token')
    }
    expect(graphql.body.errors[0].extensions.code).toBe('invalid_token')
  })

  it('is not what a proxy adds for itself, and not a deactivated account', async () => {
    await anonymous().get('/api/inventory').set('authorization', 'Basic YTpi').expect(200)
    const left = await forecourt.asOwner()
    await left.api.post('/api/me/deactivate').expect(200)
    const { body } = await left.api.get('/api/vehicles').expect(403)
    expect(body.errors[0]).toMatchObject({ code: 'account_deactivated', path: null })
    await left.api.post('/api/me/reactivate').expect(200)
  })

  it('no token at all is refused as before, and each 401 has a challenge', async () => {
    const me = await anonymous().get('/api/me').expect(401)
    expect(me.headers['www-authenticate']).toBe('Bearer realm="Forecourt"')
    await anonymous().get('/api/vehicles').expect(403)
    const login = await anonymous()
      .post('/api/users/login')
      .send({ email: 'a@b.example', password: 'wrong' })
      .expect(401)
    expect(login.headers['www-authenticate']).toBe('Bearer realm="Forecourt"')
    expect(login.body.errors[0]).toMatchObject({ code: 'unauthorized', path: null })
  })
})

describe('a path', () => {
  it('with a method that it does not take is a 405 that lists those it takes', async () => {
    for (const [method, path, allowed] of [
      ['put', '/api/inventory', 'POST'],
      ['get', '/api/graphql', 'POST'],
      ['post', '/api/inventory/count', 'GET'],
      ['delete', '/api/me', 'PATCH'],
      ['post', '/api/jobs/runs', 'GET'],
      ['post', '/healthz', 'GET'],
      ['delete', '/readyz', 'GET'],
      ['post', '/auth/me', 'GET'],
      ['get', '/auth/logout', 'POST'],
      ['put', '/api/stations/0192d3c4-0000-7000-8000-000000000000', 'PATCH'],
    ] as const) {
      const { status, headers, body } = await anonymous()[method](path)
      expect([path, status, body.errors?.[0]?.code]).toEqual([path, 405, 'method_not_allowed'])
      expect(headers['allow']?.split(', ')).toContain(allowed)
      expect(headers['allow']?.split(', ')).not.toContain(method.toUpperCase())
    }
  })

  it.each([
    '/',
    '/nothing',
    '/api',
    '/api/nothing',
    '/api/inventory/x/y/z',
    '/api/globals/x',
    '/api/payload-locked-documents',
  ])('with nothing at it is a 404 for every method: %s', async (path) => {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const { status, body } = await anonymous()[method](path)
      expect([method, status, body.errors?.[0]?.code]).toEqual([method, 404, 'not_found'])
    }
  })

  it('takes OPTIONS, and lists what else', async () => {
    const { headers } = await anonymous().options('/api/inventory').expect(204)
    expect(headers['allow']).toBe('PATCH, DELETE, POST, GET, HEAD, OPTIONS')
  })
})
