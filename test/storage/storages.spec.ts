import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createDiskStorage } from '../../src/storage/disk.ts'
import type { FileStorage } from '../../src/storage/file-storage.ts'
import { withFallback } from '../../src/storage/fallback.ts'
import { openS3 } from '../../src/storage/s3/s3-storage.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'

let folder: string
let peer: S3Peer
const storages: Record<string, () => FileStorage> = {
  disk: () => createDiskStorage(path.join(folder, 'files')),
  S3: () => openBucket('files/'),
}
const openBucket = (name: string) =>
  openS3({
    endpoint: peer.url,
    bucket: peer.bucket,
    region: 'auto',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    prefix: 'tests/',
  })(name)
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-storage-'))
  peer = await openS3Peer()
})
afterAll(async () => {
  await peer.close()
  await rm(folder, { recursive: true })
})

const BYTES = Buffer.from('0123456789')
const read = async (storage: FileStorage, key: string) => {
  const file = await storage.open(key)
  return file && (await buffer(file.stream))
}
async function listKeys(storage: FileStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.list()) keys.push(key)
  return keys.sort()
}

describe.each(Object.keys(storages))('a storage on %s', (kind) => {
  let storage: FileStorage
  beforeAll(() => {
    storage = storages[kind]?.() as FileStorage
  })

  it('returns the bytes that it was given, with their size and their time', async () => {
    const before = Date.now() - 2_000
    await storage.put('one.webp', BYTES)
    expect(await read(storage, 'one.webp')).toEqual(BYTES)
    const found = await storage.head('one.webp')
    expect(found?.size).toBe(10)
    expect(found?.modifiedAt.getTime()).toBeGreaterThan(before)
  })

  it('returns a range of bytes, and the size of the whole file', async () => {
    await storage.put('range.webp', BYTES)
    const file = await storage.open('range.webp', { start: 2, end: 4 })
    expect(file?.size).toBe(10)
    expect(file && (await buffer(file.stream)).toString()).toBe('234')
  })

  it('streams a file of many megabytes', async () => {
    const large = randomBytes(20_000_001)
    const chunks = Array.from({ length: 21 }, (_, n) => large.subarray(n * 1e6, (n + 1) * 1e6))
    await storage.put('deep/er/large.pdf', Readable.from(chunks))
    expect((await read(storage, 'deep/er/large.pdf'))?.equals(large)).toBe(true)
  })

  it('keeps an empty file', async () => {
    await storage.put('empty.txt', Readable.from([]))
    expect(await read(storage, 'empty.txt')).toHaveLength(0)
  })

  it('keeps the names of other alphabets and with spaces', async () => {
    const key = 'año/保険 証券 (1)+%.pdf'
    await storage.put(key, BYTES)
    expect(await read(storage, key)).toEqual(BYTES)
    expect(await listKeys(storage)).toContain(key)
    await storage.remove(key)
  })

  it('has null for a file that is missing, and removes one twice', async () => {
    await storage.put('gone.webp', BYTES)
    await storage.remove('gone.webp')
    await storage.remove('gone.webp')
    expect(await storage.open('gone.webp')).toBeNull()
    expect(await storage.head('gone.webp')).toBeNull()
    expect(await storage.open('no/such/folder.webp')).toBeNull()
  })

  it('lists every file once', async () => {
    expect(await listKeys(storage)).toEqual([
      'deep/er/large.pdf',
      'empty.txt',
      'one.webp',
      'range.webp',
    ])
  })

  it('keeps nothing of a source that breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield randomBytes(9_000_000)
        throw new Error('The upload broke off.')
      })(),
    )
    await expect(storage.put('broken.pdf', broken)).rejects.toThrow('The upload broke off.')
    expect(await storage.head('broken.pdf')).toBeNull()
    expect(await storage.removeLeftovers(new Date(Date.now() + 60_000))).toBe(0)
  })

  it.each(['../secret', '/etc/passwd', 'a/../../b', '', 'a//b', './a', 'a\0b', 'a\\..\\b'])(
    'refuses the key %j, which leads out of it',
    async (key) => {
      await expect(storage.put(key, BYTES)).rejects.toThrow('not a relative path')
      await expect(storage.open(key)).rejects.toThrow('not a relative path')
      await expect(storage.remove(key)).rejects.toThrow('not a relative path')
    },
  )
})

describe('a storage on the disk', () => {
  it('has neither hidden files nor links nor folders', async () => {
    const root = path.join(folder, 'mixed')
    await mkdir(path.join(root, 'folder.webp'), { recursive: true })
    for (const name of ['.gitkeep', 'photo.webp']) await writeFile(path.join(root, name), 'x')
    await symlink('/etc/passwd', path.join(root, 'link.webp'))
    const storage = createDiskStorage(root)
    expect(await listKeys(storage)).toEqual(['photo.webp'])
    expect(await storage.open('folder.webp')).toBeNull()
    expect(await storage.head('folder.webp')).toBeNull()
  })

  it('removes the parts of writes that a crash interrupted, once they are old', async () => {
    const root = path.join(folder, 'crashed')
    await mkdir(path.join(root, 'deep'), { recursive: true })
    const part = path.join(root, 'deep', '.0b5a4c51-6f37-4b8e-9d4b-0c37a3d8f111.part')
    await writeFile(part, 'x')
    const storage = createDiskStorage(root)
    expect(await storage.removeLeftovers(new Date(Date.now() - 3_600_000))).toBe(0)
    await utimes(part, new Date(0), new Date(0))
    expect(await storage.removeLeftovers(new Date(Date.now() - 3_600_000))).toBe(1)
    expect(await readdir(path.join(root, 'deep'))).toEqual([])
  })
})

describe('a storage whose files are being moved', () => {
  const open = async (name: string) => {
    const old = createDiskStorage(path.join(folder, name))
    const next = openBucket(`${name}/`)
    return { old, next, both: withFallback(next, old) }
  }

  it('reads a file from where it is, and writes to the new place', async () => {
    const { old, next, both } = await open('moving')
    await old.put('old.webp', BYTES)
    await both.put('new.webp', BYTES)
    expect(await read(both, 'old.webp')).toEqual(BYTES)
    expect((await both.head('old.webp'))?.size).toBe(10)
    expect(await listKeys(next)).toEqual(['new.webp'])
  })

  it('removes a file from both places', async () => {
    const { old, next, both } = await open('removing')
    await old.put('twice.webp', BYTES)
    await next.put('twice.webp', BYTES)
    await both.remove('twice.webp')
    expect([await listKeys(old), await listKeys(next)]).toEqual([[], []])
  })
})
