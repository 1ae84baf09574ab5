import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { FeedServer, FeedUpload } from '../../plugins/exports/adapters/feed-channel.ts'
import { getSystemErrorCode } from '../../src/domain/system-error.ts'

/** The final name of the files of these tests. */
export const FINAL_NAME = 'cars.csv'

/** A signal that never aborts. */
export const never = (): AbortSignal => new AbortController().signal

/** A server on loopback, as a delivery finds it. */
export const buildServer = (about: Partial<FeedServer> & { port: number }): FeedServer => ({
  address: '127.0.0.1',
  host: '127.0.0.1',
  user: 'anonymous',
  password: null,
  privateKey: null,
  folder: 'incoming',
  pin: null,
  ...about,
})

/** A file of this many bytes, all of them `byte`, to be sent under `FINAL_NAME`. */
export function buildUpload(bytes: number, byte = 'a', stored = bytes): FeedUpload {
  const open = async () => Readable.from(generate(bytes, byte), { objectMode: false })
  return {
    fileName: FINAL_NAME,
    tempName: `${FINAL_NAME}.google-0a1b2c3d.part`,
    bytes: stored,
    open,
  }
}

function* generate(bytes: number, byte: string): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536), byte)
}

/** What a receiver sees: the names of all files, and the size and hash of the final one. */
export async function readReceived(folder: string) {
  const names = (await readdir(folder)).toSorted()
  const file = await readFile(path.join(folder, FINAL_NAME)).catch((error: unknown) => {
    if (getSystemErrorCode(error) === 'ENOENT') return null
    throw error
  })
  return { names, final: file && describeFile(file) }
}

/** The size and the hash of a file, by which two are compared. */
export const describeFile = (file: Buffer) => ({
  bytes: file.length,
  sha256: createHash('sha256').update(file).digest('hex'),
})

/** The description of a file of `buildUpload`. */
export const describeUpload = (bytes: number, byte = 'a') => describeFile(Buffer.alloc(bytes, byte))
