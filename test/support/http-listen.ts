import { createServer, type RequestListener, type ServerOptions } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { LIMITS } from '../../src/server/connection-limits.ts'

/** A server on a free port of loopback, with the limits of the product. */
export type Listening = { port: number; close: () => Promise<void> }

/** Serves an app; `limits` are others than the product's. */
export async function listenOnLoopback(
  app: RequestListener,
  limits: ServerOptions = {},
): Promise<Listening> {
  const server = createServer({ ...LIMITS, ...limits }, app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** What came back on a raw connection until the server closed it. */
export type RawAnswer = { text: string }

/**
 * Writes bytes to a port as they are, without closing, and waits until the server does. Fails after
 * `timeoutMs` milliseconds.
 */
export function sendRaw(
  port: number,
  bytes: string | Buffer,
  timeoutMs = 20_000,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    const late = setTimeout(() => {
      socket.destroy()
      reject(
        new Error(
          `The connection was still open after ${timeoutMs} ms; it had said: ${text.slice(0, 200)}`,
        ),
      )
    }, timeoutMs)
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.once('close', () => {
      clearTimeout(late)
      resolve({ text })
    })
  })
}
