import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createDiskStorage } from '../../src/storage/disk.ts'
import type { FileStorage } from '../../src/storage/file-storage.ts'
import { withFallback } from '../../src/storage/fallback.ts'
import { moveFiles } from '../../src/storage/move-files.ts'
import { openS3 } from '../../src/storage/s3/s3-storage.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'

let peer: S3Peer
let folder: string
let disk: FileStorage
let s3: FileStorage
beforeAll(async () => {
  peer = await openS3Peer()
})
afterAll(() => peer.close())
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-move-'))
  disk = createDiskStorage(folder)
  s3 = openS3({
    endpoint: peer.url,
    bucket: peer.bucket,
    region: 'auto',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    prefix: `${path.basename(folder)}/`,
  })('media/')
})
afterEach(async () => {
  peer.resume()
  await rm(folder, { recursive: true })
})

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Fills the disk with files of many sizes; returns the hash of each. */
async function fill(count: number): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  await mkdir(path.join(folder, 'deep'))
  for (let n = 0; n < count; n++) {
    const [key, bytes] = [`${n % 3 ? '' : 'deep/'}${n}.webp`, randomBytes(n * 997)]
    await writeFile(path.join(folder, key), bytes)
    hashes.set(key, hash(bytes))
  }
  return hashes
}

async function hashAll(storage: FileStorage): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for await (const { key } of storage.list()) {
    expect(hashes.has(key)).toBe(false)
    const file = await storage.open(key)
    const chunks: Buffer[] = []
    for await (const chunk of file?.stream ?? []) chunks.push(chunk as Buffer)
    hashes.set(key, hash(Buffer.concat(chunks)))
  }
  return hashes
}

describe('a move', () => {
  it('brings every file to S3 and back again, each with the same bytes', async () => {
    const hashes = await fill(30)
    expect(await moveFiles({ from: disk, to: s3 })).toMatchObject({ files: 30, failures: [] })
    expect(await hashAll(s3)).toEqual(hashes)
    expect(await hashAll(disk)).toEqual(new Map())
    expect(await moveFiles({ from: disk, to: s3 })).toMatchObject({ files: 0, failures: [] })
    expect(await moveFiles({ from: s3, to: disk })).toMatchObject({ files: 30, failures: [] })
    expect(await hashAll(disk)).toEqual(hashes)
    expect(await hashAll(s3)).toEqual(new Map())
  })

  it('continues where it broke off, also in the middle of a file', async () => {
    const hashes = await fill(30)
    await s3.put('1.webp', await readFile(path.join(folder, '1.webp'))) // copied, not removed
    await s3.put('2.webp', Buffer.from('other bytes'))
    expect(await moveFiles({ from: disk, to: s3 })).toMatchObject({ files: 30, failures: [] })
    expect(await hashAll(s3)).toEqual(hashes)
  })

  it('leaves a file that fails where it is, moves the others, and reports it', async () => {
    const hashes = await fill(10)
    peer.fail({ kind: 'wrong ETag' }, (name) => name.startsWith('PUT') && name.includes('/4.webp'))
    const { files, failures } = await moveFiles({ from: disk, to: s3 })
    expect(files).toBe(9)
    expect(failures.map(({ key }) => key)).toEqual(['4.webp'])
    expect([...(await hashAll(disk)).keys()]).toEqual(['4.webp'])
    peer.resume()
    expect(await moveFiles({ from: disk, to: s3 })).toMatchObject({ files: 1, failures: [] })
    expect(await hashAll(s3)).toEqual(hashes)
  })

  it('stops while nothing can be stored', async () => {
    const hashes = await fill(60)
    peer.fail({ kind: 'status', status: 403 }, (name) => name.startsWith('PUT'))
    const { files, failures } = await moveFiles({ from: disk, to: s3 })
    expect(files).toBe(0)
    expect(failures.length).toBeLessThan(30)
    expect(await hashAll(disk)).toEqual(hashes)
  })

  it('never makes a file unavailable, and brings none back that is deleted meanwhile', async () => {
    const hashes = await fill(40)
    const served = withFallback(s3, disk)
    const deleted = [...hashes.keys()].filter((_, index) => index % 4 === 0)
    const kept = [...hashes.keys()].filter((key) => !deleted.includes(key))
    const move = { isOver: false }
    const reading = (async () => {
      const missing: string[] = []
      while (!move.isOver)
        for (const key of kept) {
          const file = await served.open(key)
          if (file) file.stream.destroy()
          else missing.push(key)
        }
      return missing
    })()
    const deleting = (async () => {
      for (const key of deleted) await served.remove(key)
    })()
    await Promise.all([moveFiles({ from: disk, to: s3 }), deleting])
    move.isOver = true
    expect(await reading).toEqual([])
    expect([...(await hashAll(s3)).keys()].sort()).toEqual(kept.sort())
    expect(await hashAll(disk)).toEqual(new Map())
  })
})
