import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback, sendRaw } from '../support/http-listen.ts'
import type { Owner } from '../support/owners.ts'
import { measureCost } from '../support/processor-time.ts'
import { isTried, SEED } from '../support/sampling.ts'

let forecourt: TestForecourt
let admin: Api
let owner: Owner
let vehicle: string
let car: string
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
  owner = await forecourt.asOwner()
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
  car = (await saveCar(forecourt.payload)).id
})
afterAll(() => forecourt.close())

const wide = (count: number) => `{${Array.from({ length: count }, (_, i) => `"k${i}":1`).join()}}`
const many = (count: number) => `[${'1,'.repeat(count - 1)}1]`
type Answer = { status: number; body: { errors?: { message: string }[] } }

const small = () => admin.get('/api/inventory?limit=1')

/**
 * What a request that is a 400 with these words costs the processor, as a multiple of what a small
 * read costs.
 */
const costOfRefusal = (request: () => PromiseLike<Answer>, words: string): Promise<number> =>
  measureCost(small, request, ({ status, body }) =>
    expect({ status, message: body.errors?.[0]?.message }).toEqual({
      status: 400,
      message: expect.stringContaining(words),
    }),
  )

/** These addresses take less, or ask who it is first. */
const refusedSooner = ({ status }: Answer) => expect([400, 401, 413]).toContain(status)

const costOfAnyRefusal = (api: Api, path: string, text: string): Promise<number> =>
  measureCost(small, () => json(api, 'post', path, text), refusedSooner)

const json = (api: Api, method: 'post' | 'patch' | 'delete', path: string, text: string) =>
  api[method](path).set('content-type', 'application/json').serialize(String).send(text)

/** Bodies that are refused, with the words of the refusal. */
const WIDE = [
  { name: '80,000 keys', text: wide(80_000), words: 'more than 500 keys' },
  { name: '501 keys', text: wide(501), words: 'more than 500 keys' },
  {
    name: '80,000 keys in a field of JSON',
    text: `{"features":${wide(80_000)}}`,
    words: 'more than 500 keys',
  },
  {
    name: 'a list of 80,000',
    text: `{"features":${many(80_000)}}`,
    words: 'more than 1000 entries',
  },
  {
    name: '50 lists of 999',
    text: `{"features":[${Array.from({ length: 50 }, () => many(999)).join()}]}`,
    words: 'more than 10000 values',
  },
  {
    name: '100,000 levels',
    text: `{"features":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    words: 'nested too deeply',
  },
]

describe('a wide body', () => {
  it.each(WIDE.map((body, at) => ({ ...body, at })))(
    'is a 400 for little of the processor, wherever bodies are read: $name',
    async ({ text, words, at }) => {
      const costs: Record<string, () => Promise<number>> = {
        'a change of a row': () =>
          costOfRefusal(() => json(owner.api, 'patch', `/api/vehicles/${vehicle}`, text), words),
        'a new row': () =>
          costOfRefusal(() => json(owner.api, 'post', '/api/documents', text), words),
        'a change of many': () => {
          const path = `/api/inventory?where[id][equals]=${car}`
          return costOfRefusal(() => json(admin, 'patch', path, text), words)
        },
        'a new row of staff': () =>
          costOfRefusal(() => json(admin, 'post', '/api/inventory', text), words),
        'a sign-in': () => costOfAnyRefusal(forecourt.anonymous, '/api/users/login', text),
        'a sign-up': () => costOfAnyRefusal(forecourt.anonymous, '/api/auth/signup', text),
        'a preference': () => costOfAnyRefusal(admin, '/api/payload-preferences/a', text),
      }
      const tried = Object.entries(costs).filter((_, place) => isTried(at + place, 3))
      for (const [place, measure] of tried) {
        const cost = await measure()
        expect({ place, dear: cost >= 8 && cost }).toEqual({ place, dear: false })
      }
    },
  )

  it('is refused in a form too', async () => {
    const form =
      '--b\r\nContent-Disposition: form-data; ' +
      `name="_payload"\r\n\r\n${wide(40_000)}\r\n--b--\r\n`
    const { body } = await admin
      .post('/api/inventory')
      .set('content-type', 'multipart/form-data; boundary=b')
      .serialize(String)
      .send(form)
    expect(body.errors[0].message).toContain('more than 500 keys')
  })

  it('of many empty parts is a 400 at the first part above the maximum', async () => {
    const part = '--b\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n\r\n'
    const form = `${part.repeat(300_000)}--b--\r\n`
    const cost = await costOfRefusal(
      () =>
        admin
          .post('/api/media')
          .set('content-type', 'multipart/form-data; boundary=b')
          .serialize(String)
          .send(form),
      'more than 20 parts',
    )
    expect(cost).toBeLessThan(60)
  })

  it('goes on being read up to 500 keys; names that no field has are ignored', async () => {
    await admin
      .patch(`/api/inventory/${car}`)
      .send({ ...JSON.parse(wide(499)), doors: 3 })
      .expect(200)
    const text =
      '{"__proto__":{"doors":5},"constructor":{"prototype":{"a":1}},"0":1,"doors":2,"doors":4,"toString":1}'
    expect(
      (await json(admin, 'patch', `/api/inventory/${car}`, text).expect(200)).body.doc.doors,
    ).toBe(4)
    expect(({} as { doors?: unknown }).doors).toBeUndefined()
  })

  it('that is compressed is a 415', async () => {
    await admin
      .patch(`/api/inventory/${car}`)
      .set('content-encoding', 'gzip')
      .send({ doors: 2 })
      .expect(415)
  })
})

/**
 * Values that a field is not made for, as JSON texts. All fields of a table together are given each
 * of them. Each field alone is given the first ones, in an exhaustive run; else one in three fields
 * is, by the seed of the run, and only one of them.
 */
const ALONE = ['{"a":1}', '5']
const TOGETHER = [
  ...ALONE,
  '[[1]]',
  '[]',
  '1e999',
  '-1e999',
  '123456789012345678901234567890',
  'true',
  'null',
  '"a\\u0000"',
]

const HUGE_TEXT = `"${'x'.repeat(900_000)}"`

describe('every field of every collection', () => {
  it('given as anything is never an error of ours', async () => {
    const failed: string[] = []
    const { collections } = forecourt.payload.config
    const tables = collections.filter(({ slug }) => !slug.startsWith('payload-'))
    for (const [table, { slug, flattenedFields }] of tables.entries()) {
      const names = [
        ...flattenedFields.map(({ name }) => name),
        ...(slug === 'users' ? ['password'] : []),
      ]
      const buildBody = (value: string) => (name: string) => `${JSON.stringify(name)}:${value}`
      const bodies = [
        ...names.flatMap((name, at) =>
          ALONE.filter((_value, one) => isTried(at + one * 3, 6)).map(
            (value) => `{${buildBody(value)(name)}}`,
          ),
        ),
        ...TOGETHER.map((value) => `{${names.map(buildBody(value)).join()}}`),
        ...(isTried(table, 4) ? [`{${buildBody(HUGE_TEXT)(names[1] ?? '')}}`] : []),
      ]
      for (const body of bodies) {
        const { status } = await json(admin, 'post', `/api/${slug}`, body)
        if (status >= 500) failed.push(`${slug} ${body.slice(0, 80)}: ${status}`)
      }
    }
    expect({ seed: SEED, failed }).toEqual({ seed: SEED, failed: [] })
  }, 900_000)

  it('of an account and of a car names the field that is refused', async () => {
    const account = {
      name: 'A',
      email: 'odd@forecourt.example',
      password: 'correct horse battery staple',
      role: 'viewer',
    }
    for (const [slug, whole, name, value] of [
      ['users', account, 'email', { a: 1 }],
      ['users', account, 'email', 5],
      ['users', account, 'password', ['a']],
      ['users', account, 'name', { a: 1 }],
      ['inventory', aCar(), 'make', { a: 1 }],
      ['inventory', aCar(), 'price', [1]],
    ] as const) {
      const { body } = await admin
        .post(`/api/${slug}`)
        .send({ ...whole, [name]: value })
        .expect(400)
      expect(body.errors[0]).toMatchObject({
        path: name,
        message: expect.stringMatching(new RegExp(name, 'i')),
      })
    }
  })
})

describe('an odd request', () => {
  it('is a 4xx: another method, a path that is no text, two hosts, a query that is work', async () => {
    const server = await listenOnLoopback(forecourt.app)
    const ask = async (line: string, headers = 'Host: a\r\n') =>
      (
        await sendRaw(server.port, `${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`)
      ).text.split(' ')[1]
    for (const path of [
      '/api/inventory',
      '/api/graphql',
      '/api/users/login',
      '/auth/logout',
      '/healthz',
    ])
      expect({ path, status: await ask(`TRACE ${path}`) }).toEqual({ path, status: '405' })
    for (const method of ['PROPFIND', 'PURGE', 'SEARCH', 'LINK', 'M-SEARCH'])
      expect({ method, status: await ask(`${method} /api/inventory`) }).toEqual({
        method,
        status: '405',
      })
    for (const path of ['/admin/%ff', '/_next/%', '/api/inventory/%E0%A4%A', '/auth/%zz', '/%'])
      expect({ path, status: await ask(`GET ${path}`) }).toEqual({ path, status: '400' })
    expect(await ask('GET /api/inventory', 'Host: a\r\nHost: b\r\n')).toBe('400')
    await server.close()
  })

  it.each([
    ['a limit that is a list', 'limit[]=1'],
    ['a limit that is an object', 'limit[a]=1'],
    ['a where that is a text', 'where=make'],
    ['a where that is a list', 'where[]=1'],
    ['a column twice', 'where[make]=a&where[make][equals]=b'],
    ['400 brackets', `where${'[a]'.repeat(400)}=1`],
    ['2,000 parameters', Array.from({ length: 2_000 }, (_, i) => `a${i}=`).join('&')],
    ['a list of 2,000', Array.from({ length: 2_000 }, () => 'a[]=').join('&')],
    ['numbers beyond all', 'page=1e999&limit=-1e999&depth=1e999'],
    ['names of every object', 'select[__proto__][a]=1&populate[constructor]=1&joins[__proto__]=1'],
  ])(
    'has a query that is answered or refused for little of the processor: %s',
    async (_name, query) => {
      const cost = await measureCost(
        small,
        () => forecourt.anonymous.get(`/api/inventory?${query}`),
        ({ status }) => expect(status).toBeLessThan(500),
      )
      expect(cost).toBeLessThan(8)
    },
  )
})
