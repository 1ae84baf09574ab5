import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback, type Listening } from '../support/http-listen.ts'
import { aPhoto, getUrlPath } from '../support/http-photos.ts'
import { requestWire, type WireAnswer } from '../support/http-raw.ts'

let forecourt: TestForecourt
let admin: Api
let listening: Listening
let photo: string
let size: number
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
  for (let i = 0; i < 4; i++)
    await saveCar(forecourt.payload, { description: `A car. ${'It runs. '.repeat(40)}` })
  await admin
    .post('/api/stations')
    .send({ name: 'Corner', latitude: 40.7, longitude: -74 })
    .expect(201)
  const uploaded = await aPhoto(admin)
  await admin
    .post('/api/inventory')
    .send({ ...aCar(), images: [uploaded.url] })
    .expect(201)
  photo = getUrlPath(uploaded.url)
  listening = await listenOnLoopback(forecourt.app)
  size = (await ask(photo)).bytes.byteLength
})
afterAll(async () => {
  await listening.close()
  await forecourt.close()
})

const ask = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<WireAnswer> => requestWire(listening.port, path, headers, method, body)

const decode = ({ bytes, headers }: WireAnswer) =>
  headers['content-encoding'] === 'br'
    ? brotliDecompressSync(bytes)
    : headers['content-encoding'] === 'gzip'
      ? gunzipSync(bytes)
      : bytes

const LISTS = [
  '/api/inventory',
  '/api/inventory?depth=1',
  '/api/inventory?draft=false',
  '/api/media',
  '/api/stations',
  '/api/engines',
]
const PUBLIC = [
  ...LISTS,
  '/api/inventory/count',
  '/api/community-stations?where[station.name][equals]=x',
  '/api/vehicle-options',
]

describe('a public read', () => {
  it.each(PUBLIC)(
    'has a tag, and is a 304 to a client that has it, in whatever coding: %s',
    async (path) => {
      const plain = await ask(path)
      const etag = String(plain.headers.etag)
      expect(etag).toMatch(/^"[\w-]{27}"$/)
      const zipped = await ask(path, { 'accept-encoding': 'gzip' })
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*', String(zipped.headers.etag)]) {
        const { status, bytes, headers } = await ask(path, { 'if-none-match': known })
        expect([known, status, bytes.byteLength, headers.etag]).toEqual([known, 304, 0, etag])
      }
      expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200)
    },
  )

  it.each([...LISTS, '/api/inventory/count'])(
    'is a 412 where If-Match names another tag: %s',
    async (path) => {
      const etag = String((await ask(path)).headers.etag)
      const zipped = String((await ask(path, { 'accept-encoding': 'gzip' })).headers.etag)
      for (const method of ['GET', 'HEAD']) {
        for (const other of ['"x"', `W/${etag}`, 'x'])
          expect([other, (await ask(path, { 'if-match': other }, method)).status]).toEqual([
            other,
            412,
          ])
        for (const own of [etag, zipped, `"x", ${etag}`, '*'])
          expect([own, (await ask(path, { 'if-match': own }, method)).status]).toEqual([own, 200])
      }
      expect((await ask(path, { 'if-match': '"x"' })).bytes.toString()).toContain(
        '"code":"precondition_failed"',
      )
      await admin.get(path).set('if-match', '"x"').expect(412)
    },
  )

  it('of one row has a tag over every collection that the public reads', async () => {
    for (const slug of ['inventory', 'stations', 'media']) {
      const { docs } = JSON.parse((await ask(`/api/${slug}?limit=1`)).bytes.toString()) as {
        docs: { id: string }[]
      }
      const { headers } = await ask(`/api/${slug}/${docs[0]?.id}`)
      expect([slug, headers.etag]).toEqual([
        slug,
        expect.stringMatching(/^"[\w-]{27}\.[\w-]{10}"$/),
      ])
      expect(headers).not.toHaveProperty('x-forecourt-row-version')
    }
  })
})

describe('an answer', () => {
  it.each(['/api/inventory', '/api/inventory?draft=false'])(
    'is compressed as the client wants, and its tag is of its bytes: %s',
    async (path) => {
      const plain = await ask(path)
      const tags = [plain.headers.etag]
      for (const [accepts, coding] of [
        ['br', 'br'],
        ['gzip', 'gzip'],
        ['gzip, deflate, br, zstd', 'br'],
        ['br;q=0.1, gzip;q=0.9', 'gzip'],
        ['*', 'br'],
      ] as const) {
        const answer = await ask(path, { 'accept-encoding': accepts })
        expect([accepts, answer.headers['content-encoding']]).toEqual([accepts, coding])
        expect(answer.headers.vary).toContain('Accept-Encoding')
        expect(Number(answer.headers['content-length'])).toBe(answer.bytes.byteLength)
        expect(answer.bytes.byteLength).toBeLessThan(plain.bytes.byteLength / 2)
        expect(decode(answer).equals(plain.bytes)).toBe(true)
        tags.push(answer.headers.etag)
        const head = await ask(path, { 'accept-encoding': accepts }, 'HEAD')
        expect(head.headers).toMatchObject({
          'content-encoding': coding,
          'content-length': String(answer.bytes.byteLength),
        })
      }
      expect(new Set(tags).size).toBe(3)
      for (const accepts of ['', 'identity', 'br;q=0, gzip;q=0', 'zstd', 'nonsense;;q=x'])
        expect([
          accepts,
          (await ask(path, { 'accept-encoding': accepts })).headers['content-encoding'],
        ]).toEqual([accepts, undefined])
    },
  )

  it('is compressed over GraphQL and for tokens, not for a session, a photo or a few bytes', async () => {
    const accepts = { 'accept-encoding': 'br' }
    const query = JSON.stringify({ query: '{ Inventories { docs { id vin title description } } }' })
    const graphql = await ask(
      '/api/graphql',
      { ...accepts, 'content-type': 'application/json' },
      'POST',
      query,
    )
    expect(graphql.headers['content-encoding']).toBe('br')
    expect(JSON.parse(decode(graphql).toString()).data.Inventories.docs.length).toBeGreaterThan(3)
    const { token } = (await login()).body as { token: string }
    const coding = async (path: string, headers: Record<string, string>) =>
      (await ask(path, { ...accepts, ...headers })).headers['content-encoding']
    expect(await coding('/api/inventory', { authorization: `Bearer ${token}` })).toBe('br')
    expect(await coding('/api/inventory', { cookie: `forecourt-token=${token}` })).toBeUndefined()
    expect(await coding(photo, {})).toBeUndefined()
    expect(await coding('/api/inventory/count', {})).toBeUndefined()
    expect(await coding('/healthz', {})).toBeUndefined()
  })
})

async function login() {
  const email = 'coder@example.com'
  const data = {
    email,
    name: 'C',
    password: 'a long enough password',
    role: 'viewer',
    isActive: true,
  } as never
  await forecourt.payload.create({ collection: 'users', data, overrideAccess: true })
  return forecourt.anonymous
    .post('/api/users/login')
    .send({ email, password: 'a long enough password' })
    .expect(200)
}

describe('a public photo', () => {
  it('may be kept for a year, and is a 304 to whoever asks again', async () => {
    const { headers } = await ask(photo)
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'image/webp',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[\w-]+"$/),
    })
    for (const known of [
      { 'if-none-match': String(headers.etag) },
      { 'if-modified-since': String(headers['last-modified']) },
    ])
      expect(await ask(photo, known)).toMatchObject({
        status: 304,
        headers: { etag: headers.etag },
      })
    expect(
      (
        await ask(photo, {
          'if-none-match': '"x"',
          'if-modified-since': String(headers['last-modified']),
        })
      ).status,
    ).toBe(200)
    expect((await ask('/api/media/file/none.webp')).headers['cache-control']).toBe('no-cache')
  })

  it('that is not public is nobody else’s to keep', async () => {
    const hidden = getUrlPath((await aPhoto(admin)).url)
    expect((await admin.get(hidden).expect(200)).headers['cache-control']).toBe('private, no-cache')
    expect((await ask(hidden)).status).toBe(403)
  })

  it.each([
    ['bytes=0-9', 206, 10],
    ['bytes=5-', 206, -5],
    ['bytes=-7', 206, 7],
    ['bytes=0-999999', 206, 0],
    ['bytes=-999999', 206, 0],
    ['BYTES= 0-9', 206, 10],
    ['lines=0-1', 200, 0],
    ['bytes=abc', 200, 0],
    ['bytes=9-2', 200, 0],
    ['bytes=', 200, 0],
    ['bytes=0-1,5-6', 200, 0],
    ['0-9', 200, 0],
    ['bytes=999999-', 416, null],
    ['bytes=-0', 416, null],
  ])('answers Range: %s with %i', async (range, status, length) => {
    const answer = await ask(photo, { range })
    expect(answer.status).toBe(status)
    if (length !== null) expect(answer.bytes.byteLength).toBe(length > 0 ? length : size + length)
    if (status === 416) expect(answer.headers['content-range']).toBe(`bytes */${size}`)
    if (status === 416)
      expect(JSON.parse(answer.bytes.toString()).errors[0].code).toBe('range_not_satisfiable')
    if (status === 206)
      expect(answer.headers['content-range']).toMatch(new RegExp(`^bytes \\d+-\\d+/${size}$`))
  })

  it('gives a part only of the file that the client began, and none of it to HEAD', async () => {
    const range = 'bytes=0-9'
    const { etag, 'last-modified': changed } = (await ask(photo)).headers
    for (const condition of [String(etag), String(changed)])
      expect((await ask(photo, { range, 'if-range': condition })).status).toBe(206)
    for (const condition of ['"zzz"', `W/${String(etag)}`, 'Mon, 01 Jan 2024 00:00:00 GMT', 'x'])
      expect([condition, (await ask(photo, { range, 'if-range': condition })).status]).toEqual([
        condition,
        200,
      ])
    expect(await ask(photo, { range }, 'HEAD')).toMatchObject({
      status: 200,
      headers: { 'content-length': String(size) },
    })
    expect((await ask(photo, { range, 'if-none-match': String(etag) })).status).toBe(304)
  })
})
