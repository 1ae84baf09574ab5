import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClamdAddress } from './clamd-address.ts'
import {
  ScanLimitExceeded,
  ScannerUnavailable,
  type ScanResult,
  type UploadScanner,
} from './scanner.ts'

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
    scan: async (source) => {
      try {
        return parseScanReply(await converse(address, timeoutMs, toStream(source)))
      } catch (error) {
        throw await explainFailure(address, error)
      }
    },
    ping: () => ping(address),
  }
}

async function ping(address: ClamdAddress): Promise<void> {
  const reply = await converse(address, PING_TIMEOUT_MS, ['zPING\0'])
  if (reply !== 'PONG') throw new ScannerUnavailable(`it answered ${JSON.stringify(reply)}`)
}

/**
 * A daemon that refuses the size of a file replies and resets the connection at once, so that the
 * reply is often lost. One that still answers after it broke off a file has refused it.
 */
async function explainFailure(address: ClamdAddress, error: unknown): Promise<unknown> {
  if (!(error instanceof ScannerUnavailable) || !isBrokenOff(error.cause)) return error
  return ping(address).then(
    () => new ScanLimitExceeded('it broke off the transfer, but still answers', { cause: error }),
    () => error,
  )
}

const isBrokenOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EPIPE', 'ECONNRESET'].includes(String(error.code))

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

/**
 * What the daemon answers to more bytes than its setting StreamMaxLength, and with AlertExceedsMax
 * to a file that it does not scan to its end because of another limit.
 */
const OVER_LIMIT = /^(?:INSTREAM size limit exceeded|stream: Heuristics\.Limits\.Exceeded)/

/**
 * The result in a reply to INSTREAM. Throws ScanLimitExceeded, and ScannerUnavailable for another
 * error of the daemon.
 */
function parseScanReply(reply: string): ScanResult {
  const answer = `it answered ${JSON.stringify(reply.slice(0, 200))}`
  if (OVER_LIMIT.test(reply)) throw new ScanLimitExceeded(answer)
  if (reply === 'stream: OK') return { signature: null }
  const signature = /^stream: (.+) FOUND$/.exec(reply)?.[1]
  if (signature !== undefined) return { signature }
  throw new ScannerUnavailable(answer)
}
