import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { LIMITS } from '../../src/server/connection-limits.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback, type Listening, sendRaw } from '../support/http-listen.ts'

/** The product's limits, with less time for the headers. */
const IMPATIENT = { headersTimeout: 500, connectionsCheckingInterval: 100 }

let forecourt: TestForecourt
let server: Listening
beforeAll(async () => {
  forecourt = await openForecourt()
  server = await listenOnLoopback(forecourt.app)
})
afterAll(async () => {
  await server.close()
  await forecourt.close()
})

const lines = (...said: string[]) => `${said.join('\r\n')}\r\n\r\n`
const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1])
const healthy = () => supertest(`http://127.0.0.1:${server.port}`).get('/healthz').expect(200)

describe('a connection that is up to no good', () => {
  it('is cut when its headers never end, 200 at a time, while others are served', async () => {
    const impatient = await listenOnLoopback(forecourt.app, IMPATIENT)
    const slow = Promise.all(
      Array.from({ length: 200 }, () =>
        sendRaw(impatient.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: 1\r\n'),
      ),
    )
    await healthy()
    for (const { text } of await slow) expect(text === '' || statusOf(text) === 408).toBe(true)
    await healthy()
    await impatient.close()
  })

  it('has ten seconds for its headers in the product', () => {
    expect(LIMITS.headersTimeout + LIMITS.connectionsCheckingInterval).toBeLessThan(10_000)
  })

  it('is cut when its headers are 100 KB', async () => {
    const { text } = await sendRaw(
      server.port,
      lines('GET /healthz HTTP/1.1', 'Host: a', `X-Long: ${'x'.repeat(100_000)}`),
    )
    expect(text === '' || statusOf(text) === 431).toBe(true)
    await healthy()
  })

  it('is refused when its body has two lengths', async () => {
    const smuggled = 'GET /api/users HTTP/1.1\r\nHost: a\r\n\r\n'
    const result = lines(
      'POST /api/users/login HTTP/1.1',
      'Host: a',
      'Content-Type: application/json',
      'Content-Length: 5',
      'Transfer-Encoding: chunked',
    )
    const { text } = await sendRaw(server.port, `${result}0\r\n\r\n${smuggled}`)
    expect(statusOf(text)).toBe(400)
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('is refused when it has two different Content-Lengths', async () => {
    const { text } = await sendRaw(
      server.port,
      lines('POST /api/users/login HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2'),
    )
    expect(statusOf(text)).toBe(400)
  })

  it('gains nothing by two Hosts, nor by none', async () => {
    const two = await sendRaw(
      server.port,
      lines(
        'GET /api/nothing HTTP/1.1',
        'Host: a.example',
        'Host: evil.example',
        'Connection: close',
      ),
    )
    expect([400, 404]).toContain(statusOf(two.text))
    expect(two.text).not.toContain('evil.example')
    const none = await sendRaw(server.port, lines('GET /healthz HTTP/1.1', 'Connection: close'))
    expect(statusOf(none.text)).toBe(400)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'gains nothing by a header called %s',
    async (name) => {
      for (const target of ['/api/inventory', '/healthz', '/api/media/file/a.webp']) {
        const { text } = await sendRaw(
          server.port,
          lines(`GET ${target} HTTP/1.1`, 'Host: a', `${name}: x`, 'Connection: close'),
        )
        expect(statusOf(text)).toBeLessThan(500)
      }
      await healthy()
    },
  )

  it.each([
    ['no request at all', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    ['a method of its own', lines('BREW /api/inventory HTTP/1.1', 'Host: a', 'Connection: close')],
    [
      'a header of two lines',
      lines('GET /healthz HTTP/1.1', 'Host: a', 'X-A: b', ' folded', 'Connection: close'),
    ],
    [
      'a space before the colon',
      lines('GET /healthz HTTP/1.1', 'Host: a', 'X-A : b', 'Connection: close'),
    ],
    ['a newline in the target', lines('GET /api/inventory\n/x HTTP/1.1', 'Host: a')],
    ['NUL in the target', lines('GET /api/\u0000inventory HTTP/1.1', 'Host: a')],
    [
      'a chunk size that is none',
      `${lines('POST /api/users/login HTTP/1.1', 'Host: a', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}zz\r\n`,
    ],
  ])('is answered with 4xx at most, or closed: %s', async (_what, bytes) => {
    const { text } = await sendRaw(server.port, bytes)
    expect(text === '' || Math.floor(statusOf(text) / 100) === 4 || statusOf(text) === 200).toBe(
      true,
    )
    await healthy()
  })
})

describe('a request target', () => {
  const ask = async (target: string) =>
    sendRaw(server.port, lines(`GET ${target} HTTP/1.1`, 'Host: evil.example', 'Connection: close'))

  it('may be a whole URL, whose host means nothing', async () => {
    const { text } = await ask('http://evil.example/api/inventory?limit=1')
    expect(statusOf(text)).toBe(200)
    expect(text).not.toContain('evil.example')
  })

  it.each([
    '//evil.example/api/inventory',
    '/api//inventory',
    '/api/%',
    '/api/%ff%fe',
    '/api/inventory?%',
    '/api/inventory?where[',
    '*',
    'http://',
    '/\\evil.example',
    `/api/${'a/'.repeat(2000)}`,
  ])('that is odd makes no error of ours: %s', async (target) => {
    const { text } = await ask(target)
    expect(statusOf(text)).toBeLessThan(500)
    expect(text).not.toMatch(/location: .*evil/i)
  })
})
