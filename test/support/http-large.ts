import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { LIMITS } from '../../src/server/connection-limits.ts'

/** A server that knows how many bytes it read from each connection. */
export type CountingServer = {
  port: number
  /**
   * Sends the head of a request, and a body for as long as the server takes it; answers what came
   * back and how many bytes were read.
   */
  send: (
    head: string,
    body: Iterable<string | Buffer>,
  ) => Promise<{ status: number; text: string; read: number }>
  close: () => Promise<void>
}

const TIMEOUT_MS = 30_000

/** Serves an app on a free port of loopback. */
export async function listenCounting(app: RequestListener): Promise<CountingServer> {
  const read = new Map<number, () => number>()
  const server = createServer(LIMITS, app)
  server.on('connection', (socket) => read.set(socket.remotePort ?? 0, () => socket.bytesRead))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const send: CountingServer['send'] = async (head, body) => {
    const { local, text } = await sendAndRead(port, head, body)
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
      text,
      read: read.get(local)?.() ?? 0,
    }
  }
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port, send, close }
}

/** Speaks until the server closes; stops sending as soon as anything came back. */
function sendAndRead(
  port: number,
  head: string,
  body: Iterable<string | Buffer>,
): Promise<{ local: number; text: string }> {
  return new Promise((resolve, reject) => {
    const chunks = body[Symbol.iterator]()
    let text = ''
    const socket = connect(port, '127.0.0.1')
    const local = () => socket.localPort ?? 0
    let from = 0
    const pump = () => {
      const next = text === '' ? chunks.next() : { done: true as const, value: undefined }
      if (next.done) return
      if (socket.write(next.value)) setImmediate(pump)
      else socket.once('drain', pump)
    }
    const late = setTimeout(() => {
      socket.destroy()
      reject(
        new Error(
          `The connection was still open after ${TIMEOUT_MS} ms; it had sent: ` +
            `${text.slice(0, 200)}`,
        ),
      )
    }, TIMEOUT_MS)
    socket.once('connect', () => {
      from = local()
      socket.write(head)
      pump()
    })
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.once('close', () => {
      clearTimeout(late)
      resolve({ local: from, text })
    })
  })
}

/** The head of an HTTP/1.1 request. */
export function buildHead(method: string, target: string, headers: Record<string, string>): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

/** Pieces of a body, so many bytes in all. */
export function* generateChunks(bytes: number, size = 16_384): Generator<Buffer> {
  const chunk = Buffer.alloc(size, 'x')
  for (let sent = 0; sent < bytes; sent += size)
    yield chunk.subarray(0, Math.min(size, bytes - sent))
}
