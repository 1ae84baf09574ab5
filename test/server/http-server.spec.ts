import type { RequestListener } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HttpServer, type HttpServerOptions } from '../../src/server/http-server.ts'
import { LIMITS } from '../../src/server/connection-limits.ts'
import { computeMaxConnections } from '../../src/server/open-files.ts'
import { sendRaw } from '../support/http-listen.ts'
import { waitUntil } from '../support/work.ts'

const QUICK = {
  ...LIMITS,
  headersTimeout: 500,
  requestTimeout: 1_000,
  connectionsCheckingInterval: 100,
  keepAliveTimeout: 500,
}
const SILENT_MS = 400
const BIG = Buffer.alloc(32_000_000, 'x')

let server: HttpServer
afterEach(() => server.stop(0))

async function serve(
  handler: RequestListener,
  options: Partial<HttpServerOptions> = {},
): Promise<number> {
  server = new HttpServer(handler, {
    limits: QUICK,
    maxConnections: 1_000,
    idleTimeoutMs: SILENT_MS,
    ...options,
  })
  await server.listen(0, '127.0.0.1')
  return (server.node.address() as AddressInfo).port
}

const hello: RequestListener = (req, res) => {
  req.resume()
  req.once('end', () => res.end('hello'))
}
/** Goes on for as long as there is a client, whether it reads or not. */
const stream: RequestListener = (_req, res) => {
  const timer = setInterval(() => res.write('x'.repeat(1_000_000)), 50)
  res.once('close', () => clearInterval(timer))
}
const lines = (...parts: string[]) => `${parts.join('\r\n')}\r\n\r\n`
const GET = lines('GET / HTTP/1.1', 'Host: a')
const POST = lines('POST / HTTP/1.1', 'Host: a', 'Content-Length: 100')

/**
 * Opens a socket that does what the client does and never closes on its own; its errors are of no
 * interest.
 */
function open(port: number, act: (socket: Socket) => void): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => act(socket))
  return socket.on('error', () => undefined)
}

const untilNoneIsOpen = () => waitUntil(() => server.connections === 0, 'no connection is open')

describe('a connection whose client', () => {
  const drip = (head: string, byte: string) => (socket: Socket) => {
    socket.write(head)
    const timer = setInterval(() => socket.write(byte), 100)
    socket.once('close', () => clearInterval(timer))
  }
  const unread = (request: string) => (socket: Socket) => void socket.pause().write(request)

  it.each<[string, (socket: Socket) => void, RequestListener?]>([
    ['sends nothing', () => undefined],
    ['closes its half without a word', (socket) => socket.end()],
    [
      'closes its half in the middle of the headers',
      (socket) => socket.end('GET / HTTP/1.1\r\nHost:'),
    ],
    ['closes its half in the middle of the body', (socket) => socket.end(`${POST}half`)],
    [
      'closes its half and reads nothing',
      (socket) => socket.pause().end(GET),
      (_req, res) => void res.end(BIG),
    ],
    ['stops in the middle of the body', (socket) => void socket.write(`${POST}half`)],
    ['sends a byte of its headers every 100 ms', drip('GET / HTTP/1.1\r\nX-Slow: ', 'x')],
    ['sends a byte of its body every 100 ms', drip(POST, 'x')],
    ['never reads its answer', unread(GET), (_req, res) => void res.end(BIG)],
    ['never reads a stream', unread(GET), stream],
    [
      'sends many requests and reads no answer',
      unread(GET.repeat(2_000)),
      (_req, res) => void res.end(BIG.subarray(0, 100_000)),
    ],
    ['keeps its connection and asks nothing more', (socket) => void socket.resume().write(GET)],
  ])('%s is closed', async (_what, act, handler = hello) => {
    const port = await serve(handler)
    let taken = 0
    server.node.on('connection', () => taken++)
    const sockets = Array.from({ length: 5 }, () => open(port, act))
    await waitUntil(() => taken === 5, 'every client has connected')
    await untilNoneIsOpen()
    for (const socket of sockets) socket.destroy()
  })

  it('waits for an answer that takes its time, or for news of a live stream, stays', async () => {
    const port = await serve((req, res) => {
      if (req.url === '/live') res.write('first')
      setTimeout(() => res.end('done'), SILENT_MS * 5)
    })
    for (const path of ['/slow', '/live']) {
      const { text } = await sendRaw(
        port,
        lines(`GET ${path} HTTP/1.1`, 'Host: a', 'Connection: close'),
      )
      expect(text).toMatch(/done/)
    }
  })

  it('reads slowly gets its whole answer', async () => {
    const port = await serve((_req, res) => void res.end(BIG))
    let bytes = 0
    const socket = open(port, () =>
      socket.write(lines('GET / HTTP/1.1', 'Host: a', 'Connection: close')),
    )
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      socket.pause()
      setTimeout(() => socket.resume(), 1)
    })
    await new Promise((resolve) => socket.once('end', resolve))
    socket.destroy()
    expect(bytes).toBeGreaterThan(BIG.length)
  })
})

describe('a request that expects 100 Continue', () => {
  const ask = lines(
    'POST / HTTP/1.1',
    'Host: a',
    'Content-Length: 4',
    'Expect: 100-continue',
    'Connection: close',
  )

  it('is told to send its body once somebody reads it', async () => {
    const port = await serve(hello)
    const socket = open(port, () => socket.write(ask))
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text === lines('HTTP/1.1 100 Continue')) socket.write('body')
    })
    await new Promise((resolve) => socket.once('end', resolve))
    socket.destroy()
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK[^]*hello$/)
  })

  it('is refused without being told to send it', async () => {
    const port = await serve((_req, res) => void res.writeHead(403).end('no'))
    expect((await sendRaw(port, ask)).text).toMatch(/^HTTP\/1\.1 403 Forbidden[^]*no\r\n/)
  })
})

describe('a request with an Upgrade header', () => {
  const upgrade = (name: string, ...more: string[]) =>
    lines('GET / HTTP/1.1', 'Host: a', `Upgrade: ${name}`, ...more)

  it.each([
    [
      'websocket',
      upgrade(
        'websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
      ),
    ],
    [
      'h2c',
      upgrade(
        'h2c',
        'Connection: Upgrade, HTTP2-Settings',
        'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
      ),
    ],
    [
      'with a body',
      `${lines('POST / HTTP/1.1', 'Host: a', 'Upgrade: h2c', 'Connection: Upgrade', 'Content-Length: 4')}body`,
    ],
    [
      'with a chunked body',
      `${lines('POST / HTTP/1.1', 'Host: a', 'Upgrade: x', 'Connection: Upgrade', 'Transfer-Encoding: chunked')}4\r\nbody\r\n0\r\n\r\n`,
    ],
    ['of HTTP/1.0', lines('GET / HTTP/1.0', 'Upgrade: websocket', 'Connection: Upgrade')],
  ])('is answered as any other: %s', async (_what, bytes) => {
    const port = await serve(hello)
    expect((await sendRaw(port, bytes)).text).toMatch(/^HTTP\/1\.1 200 OK[^]*hello$/)
    await untilNoneIsOpen()
  })

  it('does not take the requests behind it away', async () => {
    const port = await serve(hello)
    const { text } = await sendRaw(port, upgrade('h2c', 'Connection: Upgrade') + GET + GET)
    expect(text.match(/HTTP\/1\.1 200 OK/g)?.length ?? 0).toBeGreaterThan(0)
    await untilNoneIsOpen()
  })

  it('as CONNECT is closed at once', async () => {
    const port = await serve(hello)
    await sendRaw(port, lines('CONNECT example.com:443 HTTP/1.1', 'Host: example.com:443'))
    await untilNoneIsOpen()
  })
})

describe('a server that is full', () => {
  it('closes further connections, says so once, and serves again when there is room', async () => {
    const full: number[] = []
    const port = await serve(hello, {
      maxConnections: 10,
      idleTimeoutMs: 30_000,
      limits: LIMITS,
      onFull: (count) => full.push(count),
    })
    const held = Array.from({ length: 10 }, () =>
      open(port, (socket) => void socket.write('GET / HTTP/1.1\r\n')),
    )
    await waitUntil(() => server.connections === 10, 'the server is full')
    for (let extra = 0; extra < 5; extra++) expect((await sendRaw(port, GET)).text).toBe('')
    expect(full).toEqual([10])
    for (const socket of held) socket.destroy()
    await untilNoneIsOpen()
    expect((await sendRaw(port, GET)).text).toMatch(/^HTTP\/1\.1 200/)
  })

  it('leaves descriptors for the database and for files, whatever is wanted', () => {
    expect(computeMaxConnections(8_000, undefined)).toBe(8_000)
    expect(computeMaxConnections(8_000, 1_000_000)).toBe(8_000)
    expect(computeMaxConnections(8_000, 1_024)).toBe(824)
    expect(computeMaxConnections(8_000, 256)).toBe(128)
  })
})
