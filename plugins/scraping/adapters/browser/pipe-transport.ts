import type { Readable, Writable } from 'node:stream'
import type { ConnectionTransport } from 'puppeteer'

/**
 * The maximum length of a message from the browser: a page has up to 5 million characters, and JSON
 * makes it longer.
 */
const MAX_MESSAGE_LENGTH = 40_000_000

/**
 * Creates the connection to Chromium: JSON messages over two pipes, each terminated by NUL. There
 * is no open port that another program could connect to. `onOversize` is called for a message that
 * exceeds the limit, which puppeteer's own transport does not have.
 */
export function createPipeTransport(
  to: Writable,
  from: Readable,
  onOversize: () => void,
): ConnectionTransport {
  const transport: ConnectionTransport = {
    send: (message) => void to.write(`${message}\0`),
    close: () => void to.end(),
  }
  let pending = ''
  from.setEncoding('utf8').on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\0')
    pending += first
    for (const next of others) {
      const message = pending
      pending = next
      setImmediate(() => transport.onmessage?.(message))
    }
    if (pending.length > MAX_MESSAGE_LENGTH) onOversize()
  })
  to.on('error', () => transport.onclose?.())
  from.on('close', () => transport.onclose?.())
  return transport
}
