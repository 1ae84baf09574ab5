import type { Readable, Writable } from 'node:stream'
import type { ConnectionTransport } from 'puppeteer'

/**
 * The maximum size of a message from the browser: a page has up to 5 MB, and JSON makes it longer.
 */
const MAX_MESSAGE_BYTES = 40_000_000

/**
 * The connection to Chromium: JSON messages over two pipes, each terminated by NUL. There is no
 * open port that another program could connect to.
 */
export class PipeTransport implements ConnectionTransport {
  onmessage?: (message: string) => void
  onclose?: () => void
  readonly #to: Writable
  readonly #parts: Buffer[] = []
  #size = 0

  /** `onOversize` is called for a message that exceeds the limit. */
  constructor(to: Writable, from: Readable, onOversize: () => void) {
    this.#to = to
    to.on('error', () => this.onclose?.())
    from.on('close', () => this.onclose?.())
    from.on('data', (chunk: Buffer) => {
      this.#take(chunk)
      if (this.#size > MAX_MESSAGE_BYTES) onOversize()
    })
  }

  send(message: string): void {
    this.#to.write(`${message}\0`)
  }

  close(): void {
    this.#to.end()
  }

  #take(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      this.#parts.push(chunk.subarray(from, end))
      const message = Buffer.concat(this.#parts.splice(0)).toString()
      this.#size = 0
      from = end + 1
      setImmediate(() => this.onmessage?.(message))
    }
    const rest = chunk.subarray(from)
    if (rest.length > 0) this.#parts.push(rest)
    this.#size += rest.length
  }
}
