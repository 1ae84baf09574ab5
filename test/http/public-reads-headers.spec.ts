import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

const LIST = '/api/inventory?limit=20'
const SHOP = 'https://shop.example'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt({ CORS_ORIGINS: SHOP })
  await saveCar(forecourt.payload)
})
afterAll(() => forecourt.close())

const get = (headers: Record<string, string> = {}, url = LIST) =>
  forecourt.anonymous.get(url).set(headers)

/** Without what is each answer's own. */
function comparable({ headers }: { headers: Record<string, string> }): Record<string, string> {
  const own = [
    'x-request-id',
    'date',
    'etag',
    'content-length',
    'transfer-encoding',
    'cache-control',
    'vary',
  ]
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name)))
}

describe('a kept answer', () => {
  it('has a strong tag, and says that it is to be asked about each time', async () => {
    const { headers } = await get().expect(200)
    expect(headers['etag']).toMatch(/^"[\w-]{27}"$/)
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      vary: 'Origin, Cookie, Authorization, Accept-Encoding',
      'content-type': 'application/json',
    })
  })

  it.each([
    ['from anywhere', {}],
    ['from a listed origin', { origin: SHOP }],
    ['from another origin', { origin: 'https://other.example' }],
    ['with a cookie that is not ours', { cookie: 'theme=dark' }],
    ['from a listed origin with a cookie', { origin: SHOP, cookie: 'theme=dark' }],
  ])('has the headers of one that is not kept, asked %s', async (_who, headers) => {
    await get(headers).expect(200)
    const kept = await get(headers).expect(200)
    const other = await get(headers, `${LIST}&draft=false`).expect(200)
    expect(comparable(kept)).toEqual(comparable(other))
    expect(kept.headers['x-request-id']).not.toBe(other.headers['x-request-id'])
  })

  it('is for everybody, or for a listed origin with credentials', async () => {
    expect((await get()).headers).toMatchObject({ 'access-control-allow-origin': '*' })
    expect((await get({ origin: SHOP })).headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
    })
    expect((await get()).headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it('passes on the request id of a proxy', async () => {
    expect((await get({ 'x-request-id': 'proxy-12345678' })).headers['x-request-id']).toBe(
      'proxy-12345678',
    )
  })

  it.each([
    ['the tag', (tag: string) => tag],
    ['the tag, weak', (tag: string) => `W/${tag}`],
    ['a list that names it', (tag: string) => `"other", W/"third" , ${tag}`],
    ['any tag', () => '*'],
  ])('is 304 without a body for %s', async (_what, result) => {
    const { headers } = await get()
    const answer = await get({ 'if-none-match': result(String(headers['etag'])) }).expect(304)
    expect(answer.text).toBe('')
    expect(answer.headers).toMatchObject({
      etag: headers['etag'],
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
    })
    expect(answer.headers).not.toHaveProperty('content-type')
  })

  it.each(['"other"', '', 'W/""'])('is whole for the tag %s', async (tag) => {
    await get({ 'if-none-match': tag }).expect(200)
  })

  it('has another tag when its body is another', async () => {
    const before = (await get()).headers['etag']
    await saveCar(forecourt.payload)
    const after = await get({ 'if-none-match': String(before) }).expect(200)
    expect(after.headers['etag']).not.toBe(before)
  })

  it('has no body for HEAD, but all the headers', async () => {
    const whole = await get().expect(200)
    const head = await forecourt.anonymous.head(LIST).set('accept-encoding', 'gzip').expect(200)
    expect(head.text).toBeFalsy()
    expect(head.headers).toMatchObject({
      etag: whole.headers['etag'],
      'content-length': whole.headers['content-length'],
    })
  })
})

describe('an answer to somebody who is signed in', () => {
  it('is theirs alone', async () => {
    const { headers } = await (await forecourt.as('viewer')).get(LIST).expect(200)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      vary: 'Origin, Cookie, Authorization, Accept-Encoding',
    })
    expect(headers).not.toHaveProperty('etag')
  })
})

describe('a refused read', () => {
  it('is what Payload says, with the headers of the others', async () => {
    const { headers, body } = await get({}, '/api/inventory?where[cost][equals]=1').expect(400)
    expect(body.errors[0].message).toContain('cost')
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
    await get({}, '/api/inventory/00000000-0000-4000-8000-000000000000').expect(404)
  })
})
