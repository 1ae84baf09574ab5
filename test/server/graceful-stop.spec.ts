import type { RequestListener } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HttpServer, type HttpServerOptions } from '../../src/server/http-server.ts'
import { LIMITS } from '../../src/server/connection-limits.ts'
import { sendRaw } from '../support/http-listen.ts'

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
   * Sends requests on new connections until the port is closed; returns how many replies were
   * complete, and what broke.
   */
  async function askUntilRefused(port: number): Promise<{ whole: number; broken: string[] }> {
    const broken: string[] = []
    for (let whole = 0; ; whole++) {
      const reply = await new Promise<string>((resolve) => {
        let text = ''
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(lines('GET / HTTP/1.1', 'Host: a', 'Connection: close')),
        )
        socket.on('data', (chunk) => (text += chunk.toString()))
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        socket.once('close', () => resolve(text))
      })
      if (reply === 'ECONNREFUSED') return { whole, broken }
      if (!/^HTTP\/1\.1 200[^]*hello/.test(reply)) broken.push(reply)
    }
  }

  it('breaks no reply of clients without keep-alive, ten times over', async () => {
    for (let round = 0; round < 10; round++) {
      const port = await serve(slowly)
      const clients = Array.from({ length: CLIENTS }, () => askUntilRefused(port))
      await sleep(50 + 20 * round)
      await server.stop(10_000)
      const outcomes = await Promise.all(clients)
      expect(outcomes.flatMap(({ broken }) => broken)).toEqual([])
      for (const { whole } of outcomes) expect(whole).toBeGreaterThan(0)
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
      idleTimeoutMs: 60_000,
      limits: { ...LIMITS, headersTimeout: 60_000, keepAliveTimeout: 60_000 },
    })
    const kinds = ['', 'GET / HTTP/1.1\r\nHost:', GET]
    const sockets = Array.from({ length: 999 }, (_, n) =>
      open(port, (socket) => void socket.resume().write(kinds[n % 3] ?? '')),
    )
    while (server.connections < 999) await sleep(10)
    const began = Date.now()
    await server.stop(30_000)
    expect(Date.now() - began).toBeLessThan(15_000)
    for (const socket of sockets) socket.destroy()
  })
})
