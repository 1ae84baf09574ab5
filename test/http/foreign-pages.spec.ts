import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { ORIGIN } from '../support/settings.ts'

const LISTED = 'https://shop.example'
const FOREIGN: Record<string, Record<string, string>> = {
  'another origin': { Origin: 'https://evil.example' },
  'another origin that says that it is the same': {
    Origin: 'https://evil.example',
    'Sec-Fetch-Site': 'same-origin',
  },
  'an origin that begins with ours': { Origin: `${ORIGIN}.evil.example` },
  'no origin of its own': { Origin: 'null' },
  'another site without an origin': { 'Sec-Fetch-Site': 'cross-site' },
  'a sibling domain without an origin': { 'Sec-Fetch-Site': 'same-site' },
}

let forecourt: TestForecourt
let account: { email: string; password: string }
let cookie: string
beforeAll(async () => {
  forecourt = await openForecourt({ CORS_ORIGINS: LISTED })
  account = await saveUser(forecourt.payload, 'viewer')
  const login = await forecourt.anonymous
    .post('/api/users/login')
    .send({ email: account.email, password: account.password })
  cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
})
afterAll(() => forecourt.close())

/**
 * Every route of a collection that people sign in to which changes something, and those beside
 * them.
 */
const routes = (): string[] => {
  const own = forecourt.payload.config.collections
    .filter(({ auth }) => Boolean(auth))
    .flatMap(({ slug, endpoints }) =>
      (endpoints || [])
        .filter(({ method }) => method === 'post')
        .map(({ path }) => `/api/${slug}${path === '/' ? '' : path}`),
    )
  return [
    ...new Set([
      ...own,
      '/auth/logout',
      '/api/users//login',
      '/api/%75sers/login',
      '/api/users/login/',
    ]),
  ].map((path) => path.replace(/:\w+/g, '7b0b7c3e-0000-4000-8000-000000000000'))
}

const BODIES: Record<string, (credentials: object) => [string, string]> = {
  JSON: (credentials) => ['application/json', JSON.stringify(credentials)],
  text: (credentials) => ['text/plain', JSON.stringify(credentials)],
  form: (credentials) => [
    'application/x-www-form-urlencoded',
    new URLSearchParams({ ...credentials }).toString(),
  ],
  multipart: (credentials) => [
    'multipart/form-data; boundary=BB',
    '--BB\r\nContent-Disposition: form-data; ' +
      `name="_payload"\r\n\r\n${JSON.stringify(credentials)}\r\n--BB--\r\n`,
  ],
}

describe('a page of another site', () => {
  it.each(Object.keys(FOREIGN))(
    'is refused on every route that signs in or out, with every kind of body: %s',
    async (name) => {
      const headers = FOREIGN[name] ?? {}
      const letIn: string[] = []
      for (const path of routes())
        for (const [kind, write] of Object.entries(BODIES))
          for (const own of [{}, { Cookie: cookie }]) {
            const [type, body] = write({ email: account.email, password: account.password })
            const answer = await supertest(forecourt.app)
              .post(path)
              .set({ ...headers, ...own, 'Content-Type': type })
              .send(body)
            if (answer.status !== 403 || answer.headers['set-cookie'])
              letIn.push(`${path} ${kind} ${answer.status}`)
          }
      expect(letIn).toEqual([])
      expect(routes().length).toBeGreaterThan(10)
    },
  )

  it.each(Object.keys(FOREIGN))('is refused over GraphQL: %s', async (name) => {
    const mutations = [
      `loginUser(email: "${account.email}", password: "${account.password}") { token }`,
      'refreshTokenUser { refreshedToken }',
      'logoutUser',
      `forgotPasswordUser(email: "${account.email}")`,
      'resetPasswordUser(token: "x", password: "several words of no song") { token }',
      `unlockUser(email: "${account.email}")`,
    ]
    for (const mutation of mutations) {
      const { body, headers } = await supertest(forecourt.app)
        .post('/api/graphql')
        .set({ ...FOREIGN[name], Cookie: cookie })
        .send({ query: `mutation { ${mutation} }` })
      expect([mutation, body.errors?.length, headers['set-cookie']]).toEqual([
        mutation,
        1,
        undefined,
      ])
    }
    const { body } = await supertest(forecourt.app)
      .get('/api/users/me')
      .set({ Cookie: cookie, Origin: ORIGIN })
      .expect(200)
    expect(body.user?.email).toBe(account.email)
  })

  it('gets a message about how to allow it', async () => {
    const { body } = await supertest(forecourt.app)
      .post('/api/users/login')
      .set('Origin', 'https://evil.example')
      .send({})
      .expect(403)
    expect(body.errors[0].message).toContain('CORS_ORIGINS')
  })
})

describe('signing in is open to', () => {
  it.each([
    ['a page of ours', { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' }],
    ['a page of an origin that is listed', { Origin: LISTED, 'Sec-Fetch-Site': 'cross-site' }],
    ['a program, which sends no origin', {}],
  ] as [string, Record<string, string>][])('%s', async (_who, headers) => {
    const { email, password } = account
    await supertest(forecourt.app)
      .post('/api/users/login')
      .set(headers)
      .send({ email, password })
      .expect(200)
    const query = `mutation { loginUser(email: "${email}", password: "${password}") { token } }`
    const { body } = await supertest(forecourt.app)
      .post('/api/graphql')
      .set(headers)
      .send({ query })
    expect(body.data?.loginUser?.token).toBeTruthy()
  })
})

describe('a page of another site may still', () => {
  it('ask for public cars, and over GraphQL, too', async () => {
    await supertest(forecourt.app)
      .get('/api/inventory')
      .set('Origin', 'https://evil.example')
      .expect(200)
    const query = '{ Inventories(limit: 1) { totalDocs } }'
    const { body } = await supertest(forecourt.app)
      .post('/api/graphql')
      .set('Origin', 'https://evil.example')
      .send({ query })
    expect(body.errors).toBeUndefined()
  })
})
