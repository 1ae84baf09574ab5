import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { FileStorage } from '../../src/storage/file-storage.ts'
import { openS3 } from '../../src/storage/s3/s3-storage.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'

const COOL_DOWN = 200
/** A busy machine must not look like an S3 that does not respond. */
const PATIENT = { connection: 5_000, idle: 5_000, request: 10_000, read: 10_000 }
const IMPATIENT = { connection: 1_000, idle: 1_000, request: 1_500, read: 2_000 }

let peer: S3Peer
let storage: FileStorage
beforeAll(async () => {
  peer = await openS3Peer()
})
afterAll(() => peer.close())
afterEach(() => peer.resume())

/** A new client: the breaker of one that met a fault may be open. */
function openStorage(limits = PATIENT): FileStorage {
  peer.clear()
  return openS3({
    endpoint: peer.url,
    bucket: peer.bucket,
    region: 'auto',
    accessKeyId: 'key',
    secretAccessKey: 'hunter2',
    prefix: '',
    limits: { ...limits, coolDown: COOL_DOWN },
  })('files/')
}

const BYTES = Buffer.from('0123456789')
const LARGE = randomBytes(20_000_000)
const isPut = (request: string) => request.startsWith('PUT ')
const isGet = (request: string) => request.startsWith('GET ')
const isPart = (request: string) => request.includes('partNumber')

describe('S3 that fails', () => {
  it.each([
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a broken connection', { kind: 'reset' }],
    ['a lost answer', { kind: 'lost answer' }],
  ] as const)('is tried again: four times %s, then the file is stored', async (_name, fault) => {
    storage = openStorage()
    peer.fail(fault, isPut, 4)
    await storage.put('tries.webp', BYTES)
    expect(peer.requests.filter(isPut)).toHaveLength(5)
    expect((await storage.head('tries.webp'))?.size).toBe(10)
  })

  it('is given up after five tries, and stores nothing', async () => {
    storage = openStorage()
    peer.fail({ kind: 'status', status: 500 }, isPut)
    await expect(storage.put('never.webp', BYTES)).rejects.toMatchObject({
      name: 'StorageError',
      failure: 'failing',
      message: expect.stringContaining('(500)'),
    })
    expect(peer.requests.filter(isPut)).toHaveLength(5)
    expect(await storage.head('never.webp')).toBeNull()
  })

  it('in the middle of a large file leaves no part of it', async () => {
    storage = openStorage()
    peer.fail({ kind: 'status', status: 503 }, (name) => name.includes('partNumber=2'))
    await expect(storage.put('large.pdf', LARGE)).rejects.toMatchObject({ failure: 'failing' })
    expect(peer.openUploads.size).toBe(0)
    expect(await storage.head('large.pdf')).toBeNull()
  })

  it('leaves a part if it does not take the abort either, which is removed later', async () => {
    storage = openStorage()
    peer.fail({ kind: 'status', status: 503 }, (name) => isPart(name) || name.startsWith('DELETE'))
    await expect(storage.put('large.pdf', LARGE)).rejects.toMatchObject({ failure: 'failing' })
    peer.resume()
    expect(peer.openUploads.size).toBe(1)
    expect(await storage.removeLeftovers(new Date('2026-01-01'))).toBe(0)
    expect(await storage.removeLeftovers(new Date('2999-01-01'))).toBe(1)
    expect(peer.openUploads.size).toBe(0)
  })

  it('and answers with the ETag of other bytes has not stored the file', async () => {
    storage = openStorage()
    peer.fail({ kind: 'wrong ETag' }, isPut)
    await expect(storage.put('other.webp', BYTES)).rejects.toMatchObject({ failure: 'corrupt' })
    expect(await storage.head('other.webp')).toBeNull()
    await expect(storage.put('large.pdf', LARGE)).rejects.toMatchObject({ name: 'StorageError' })
    expect(peer.openUploads.size).toBe(0)
    expect(await storage.head('large.pdf')).toBeNull()
  })

  it('and breaks off in the middle of a file fails the stream', async () => {
    storage = openStorage()
    await storage.put('short.pdf', LARGE)
    peer.fail({ kind: 'short body' }, isGet)
    const file = await storage.open('short.pdf')
    await expect(buffer(file?.stream ?? Readable.from([]))).rejects.toThrow()
  })

  it('and refuses the key is reported without it, and not tried again', async () => {
    storage = openStorage()
    peer.fail({ kind: 'status', status: 403 }, () => true)
    const error = await storage.put('a.webp', BYTES).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure: 'refused' })
    expect(String(error)).toContain('The bucket forecourt-files refused a request')
    expect(String(error)).not.toContain('hunter2')
    expect(peer.requests).toHaveLength(1)
  })
})

describe('S3 that does not respond', () => {
  it('is not asked again until the cool-down is over, and then works again', async () => {
    await openStorage().put('there.webp', BYTES)
    storage = openStorage(IMPATIENT)
    peer.fail({ kind: 'silence' }, () => true)
    await expect(storage.open('there.webp')).rejects.toMatchObject({ failure: 'unresponsive' })
    peer.clear()
    for (const _ of [1, 2, 3])
      await expect(storage.head('there.webp')).rejects.toMatchObject({ failure: 'unresponsive' })
    expect(peer.requests).toEqual([])
    peer.resume()
    await sleep(COOL_DOWN)
    expect((await storage.head('there.webp'))?.size).toBe(10)
  })

  it('because it was stopped is reported as such', async () => {
    storage = openStorage()
    peer.cut()
    await expect(storage.put('a.webp', BYTES)).rejects.toMatchObject({ failure: 'unresponsive' })
  })

  it('never blames S3 for a source that breaks off', async () => {
    storage = openStorage()
    const broken = new Readable({ read: () => broken.destroy(new Error('No bytes.')) })
    await expect(storage.put('a.webp', broken)).rejects.toThrow('No bytes.')
    expect(await storage.head('a.webp')).toBeNull()
  })
})
