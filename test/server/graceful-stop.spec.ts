import type { RequestListener } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HttpServer, type HttpServerOptions } from '../../src/server/http-server.ts'
import { LIMITS } from '../../src/server/connection-limits.ts'
import { sendRaw } from '../support/http-listen.ts'
import { waitUntil } from '../support/work.ts'

/** Later than the end of a test that hangs. */
const FAR_AWAY_MS = 3_600_000

let server: HttpServer
afterEach(() => server.stop(0))

async function serve(
  handler: RequestListener,
  options: Partial<HttpServerOptions> = {},
): Promise<number> {
  server = new HttpServer(handler, { limits: LIMITS, maxConnections: 1_000, ...options })
  await server.listen(0, '127.0.0.1')
  return (server.node.address() as AddressInfo).port
}

const hello: RequestListener = (_req, res) => void res.end('hello')
const lines = (...parts: string[]) => `${parts.join('\r\n')}\r\n\r\n`
const GET = lines('GET / HTTP/1.1', 'Host: a')

const open = (port: number, act: (socket: Socket) => void): Socket => {
  const socket = connect(port, '127.0.0.1', () => act(socket))
  return socket.on('error', () => undefined)
}

describe('a server that stops', () => {
  const CLIENTS = 12
  const slowly: RequestListener = (_req, res) => void setTimeout(() => res.end('hello'), 5)

  /**
   * Sends requests on new connections until the port is closed; returns what broke. `count` is
   * called for each reply.
   */
  async function askUntilRefused(port: number, count: () => unknown): Promise<string[]> {
    for (const broken: string[] = []; ; count()) {
      const reply = await new Promise<string>((resolve) => {
        let text = ''
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(lines('GET / HTTP/1.1', 'Host: a', 'Connection: close')),
        )
        socket.on('data', (chunk) => (text += chunk.toString()))
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        socket.once('close', () => resolve(text))
      })
      if (reply === 'ECONNREFUSED') return broken
      if (!/^HTTP\/1\.1 200[^]*hello/.test(reply)) broken.push(reply)
    }
  }

  it('breaks no reply of clients without keep-alive, ten times over', async () => {
    for (let round = 0; round < 10; round++) {
      const port = await serve(slowly)
      const clients = Array.from({ length: CLIENTS }, () => ({ replies: 0 }))
      const streams = clients.map((client) => askUntilRefused(port, () => client.replies++))
      await waitUntil(
        () => clients.every(({ replies }) => replies > round),
        'every client has had its replies',
      )
      await server.stop(10_000)
      expect((await Promise.all(streams)).flat()).toEqual([])
    }
  })

  it('lets a long answer end, and cuts what never does', async () => {
    const port = await serve((req, res) => {
      if (req.url === '/long') setTimeout(() => res.end('at last'), 2_000)
    })
    const long = sendRaw(port, lines('GET /long HTTP/1.1', 'Host: a'))
    const never = sendRaw(port, GET)
    while (server.connections < 2) await sleep(10)
    await sleep(100)
    await server.stop(5_000)
    expect((await long).text).toMatch(/connection: close[^]*at last$/i)
    expect((await never).text).toBe('')
    while (server.connections > 0) await sleep(20)
  })

  it('does not wait for a thousand connections on which nothing is under way', async () => {
    const port = await serve(hello, {
      idleTimeoutMs: FAR_AWAY_MS,
      limits: {
        ...LIMITS,
        requestTimeout: FAR_AWAY_MS,
        headersTimeout: FAR_AWAY_MS,
        keepAliveTimeout: FAR_AWAY_MS,
      },
    })
    const kinds = ['', 'GET / HTTP/1.1\r\nHost:', GET]
    const sockets = Array.from({ length: 999 }, (_, n) =>
      open(port, (socket) => void socket.resume().write(kinds[n % 3] ?? '')),
    )
    await waitUntil(() => server.connections === 999, 'every connection is open')
    await server.stop(FAR_AWAY_MS)
    for (const socket of sockets) socket.destroy()
  })
})
