import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { ORIGIN } from '../support/settings.ts'

let forecourt: TestForecourt
let cookie: string
let routes: { method: 'post' | 'patch' | 'put' | 'delete'; path: string }[]

beforeAll(async () => {
  forecourt = await openForecourt()
  const { email, password } = await saveUser(forecourt.payload, 'admin')
  const login = await supertest(forecourt.app)
    .post('/api/users/login')
    .send({ email, password })
    .expect(200)
  cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
  routes = unsafeRoutes()
})
afterAll(() => forecourt.close())

/**
 * Every route that changes something: Payload's own of each collection, and every endpoint of ours.
 */
function unsafeRoutes() {
  const { collections, endpoints } = forecourt.payload.config
  const all: { method: string; path: string }[] = endpoints.map(({ method, path }) => ({
    method,
    path: `/api${path}`,
  }))
  for (const { slug, endpoints: own } of collections) {
    const base = `/api/${slug}`
    all.push(
      { method: 'post', path: base },
      { method: 'patch', path: `${base}?where[id][in]=${randomUUID()}` },
    )
    all.push({ method: 'delete', path: `${base}?where[id][in]=${randomUUID()}` })
    for (const method of ['patch', 'put', 'delete']) all.push({ method, path: `${base}/:id` })
    for (const { method, path } of own || []) all.push({ method, path: base + path })
  }
  const filled = ({ method, path }: { method: string; path: string }) => ({
    method,
    path: path.replaceAll(/:(\w+)\??/g, randomUUID()),
  })
  const unsafe = all
    .filter(({ method }) => ['post', 'patch', 'put', 'delete'].includes(method))
    .map(filled)
  return [
    ...new Map(unsafe.map((route) => [`${route.method} ${route.path}`, route])).values(),
  ] as typeof routes
}

const FROM_ELSEWHERE: Readonly<Record<string, Record<string, string>>> = {
  'of another site': { Origin: 'https://evil.example' },
  'that is null, as of a sandboxed frame': { Origin: 'null' },
  'that is not said, from another site': { 'Sec-Fetch-Site': 'cross-site' },
  'that is not said, from a sibling domain': { 'Sec-Fetch-Site': 'same-site' },
  'that is not said at all': {},
}

/**
 * Signs in with a cookie: no password of the victim is in play, and who logs in this way is whoever
 * knows it.
 */
const IS_A_SIGN_IN = /\/api\/users\/login$/

const state = async () => {
  const { rows } = await forecourt.sql(
    `select (select count(*) from activity_logs)::int as entries, (select count(*)
      from users_sessions)::int as sessions,
      (select count(*) from pgboss.job)::int as jobs, (select count(*)
        from inventory)::int as cars`,
  )
  return rows[0] as Record<string, unknown>
}

describe('a request that brings a cookie and an origin', () => {
  it.each(Object.entries(FROM_ELSEWHERE))(
    '%s changes nothing, on any route and in any kind of body',
    async (_what, headers) => {
      const before = await state()
      const letIn: string[] = []
      for (const { method, path } of routes.filter((route) => !IS_A_SIGN_IN.test(route.path))) {
        const bodies =
          method === 'post'
            ? ['application/json', 'text/plain', 'application/x-www-form-urlencoded']
            : ['application/json']
        for (const type of bodies) {
          const { status } = await supertest(forecourt.app)
            [method](path)
            .set({ Cookie: cookie, 'Content-Type': type, ...headers })
            .send('{}')
          if (status < 400) letIn.push(`${method} ${path} as ${type}: ${status}`)
        }
      }
      expect(letIn).toEqual([])
      expect(await state()).toEqual(before)
    },
  )

  it('of another site is nobody over GraphQL and with a method that is said in a header', async () => {
    const ask = (headers: Record<string, string>, query: string) =>
      supertest(forecourt.app)
        .post('/api/graphql')
        .set({ Cookie: cookie, ...headers })
        .send({ query })
    const mutation = 'mutation { updateUser(id: "x", data: { name: "Mallory" }) { name } }'
    for (const headers of Object.values(FROM_ELSEWHERE))
      expect((await ask(headers, mutation)).body.errors).toHaveLength(1)
    expect(
      (await ask({ Origin: 'https://evil.example' }, '{ meUser { user { email } } }')).body.data
        ?.meUser?.user ?? null,
    ).toBeNull()
    const overridden = supertest(forecourt.app).post(`/api/inventory/${randomUUID()}`)
    const { status } = await overridden.set({
      Cookie: cookie,
      Origin: 'https://evil.example',
      'X-Payload-HTTP-Method-Override': 'DELETE',
    })
    expect(status).toBeGreaterThanOrEqual(400)
  })

  it('of ours is let in', async () => {
    const { body } = await supertest(forecourt.app)
      .get('/api/users/me')
      .set({ Cookie: cookie, Origin: ORIGIN })
      .expect(200)
    expect(body.user.role).toBe('admin')
    await supertest(forecourt.app)
      .post('/api/jobs/prune-sessions/run')
      .set({ Cookie: cookie, Origin: ORIGIN })
      .expect(202)
  })

  it('was tried on every route', () => {
    expect(routes.length).toBeGreaterThan(100)
  })
})
