import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClamdAddress } from './clamd-address.ts'
import { ScannerUnavailable, type ScanResult, type UploadScanner } from './scanner.ts'

/** How long the daemon may be silent while it receives a file or scans it. */
const TIMEOUT_MS = 60_000
const PING_TIMEOUT_MS = 2_000
const MAX_REPLY_BYTES = 4_096

type ClamdOptions = { timeoutMs?: number }

/**
 * A scanner that sends each file to a ClamAV daemon (clamd(8), INSTREAM): its bytes in chunks, each
 * after its length, and a length of 0 at the end. The daemon does not need access to our disk.
 */
export function createClamdScanner(
  address: ClamdAddress,
  { timeoutMs = TIMEOUT_MS }: ClamdOptions = {},
): UploadScanner {
  return {
    label: 'path' in address ? address.path : `${address.host}:${address.port}`,
    scan: async (source) => parseScanReply(await converse(address, timeoutMs, toStream(source))),
    ping: async () => {
      const reply = await converse(address, PING_TIMEOUT_MS, ['zPING\0'])
      if (reply !== 'PONG') throw new ScannerUnavailable(`it answered ${JSON.stringify(reply)}`)
    },
  }
}

/** The command with the bytes of a file. */
async function* toStream(source: Readable): AsyncGenerator<Buffer | string> {
  yield 'zINSTREAM\0'
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk as Uint8Array)
    if (bytes.byteLength > 0) yield Buffer.concat([toLength(bytes.byteLength), bytes])
  }
  yield toLength(0)
}

function toLength(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

/**
 * Sends a command and returns the reply without its final zero byte. The daemon may reply before it
 * has received everything, such as when a file exceeds its limit. Throws ScannerUnavailable.
 */
async function converse(
  address: ClamdAddress,
  timeoutMs: number,
  command: Iterable<string> | AsyncIterable<Buffer | string>,
): Promise<string> {
  const socket = connect(address)
  socket.setTimeout(timeoutMs, () =>
    socket.destroy(new Error(`it was silent for ${timeoutMs / 1000} s`)),
  )
  const reply = readReply(socket)
  const sent = pipeline(Readable.from(command), socket, { end: false })
  sent.catch(() => undefined) // an early reply ends the sending
  try {
    const text = await reply
    if (text !== '') return text
    await sent // the reason why there is no reply, if sending failed
    throw new Error('it closed the connection without a reply')
  } catch (error) {
    throw new ScannerUnavailable(error instanceof Error ? error.message : String(error), {
      cause: error,
    })
  } finally {
    socket.destroy()
  }
}

/** Reads until the zero byte, or the end of the connection. */
function readReply(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const end = text.indexOf('\0')
      if (end >= 0 || text.length > MAX_REPLY_BYTES) resolve(end >= 0 ? text.slice(0, end) : text)
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(''))
  })
}

/** The result in a reply to INSTREAM. Throws ScannerUnavailable for an error of the daemon. */
function parseScanReply(reply: string): ScanResult {
  if (reply === 'stream: OK') return { signature: null }
  const signature = /^stream: (.+) FOUND$/.exec(reply)?.[1]
  if (signature !== undefined) return { signature }
  throw new ScannerUnavailable(`it answered ${JSON.stringify(reply.slice(0, 200))}`)
}
