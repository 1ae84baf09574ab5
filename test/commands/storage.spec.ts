import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { withExclusiveLock } from '../../src/database/exclusive-lock.ts'
import { type Area, AREAS, createBackends, type Storages } from '../../src/storage/storages.ts'
import { type CommandResult, runCommand, startCommand } from '../support/command.ts'
import { createMigratedDatabase, type EmptyDatabase } from '../support/http-database.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'
import { testSettings } from '../support/settings.ts'

const FILES = 120

let folder: string
let peer: S3Peer
let database: EmptyDatabase
let environment: Record<string, string>
let backends: { disk: Storages; s3: Storages }
/** The SHA-256 of every file, by its area and key. */
const hashes = new Map<string, string>()
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-storage-'))
  peer = await openS3Peer()
  database = await createMigratedDatabase()
  environment = {
    ...peer.settings,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    MEDIA_DIR: path.join(folder, 'media'),
    DATA_DIR: path.join(folder, 'data'),
  }
  const { disk, s3 } = createBackends(testSettings(environment))
  if (!s3) throw new Error('The settings have no S3.')
  backends = { disk, s3 }
  const papers = path.join(folder, 'data', 'files', 'documents')
  await mkdir(papers, { recursive: true })
  await mkdir(path.join(folder, 'media'))
  for (let n = 0; n < FILES; n++) {
    const bytes = randomBytes(50_000 + n)
    const hash = createHash('sha256').update(bytes).digest('hex')
    const name = randomUUID()
    const isPaper = n % 3 === 0
    await writeFile(path.join(isPaper ? papers : path.join(folder, 'media'), name), bytes)
    hashes.set(isPaper ? `owners documents/${name}` : `media ${name}`, hash)
  }
})
afterAll(async () => {
  await database.drop()
  await peer.close()
  await rm(folder, { recursive: true })
})

const move = (to: string, more: Record<string, string> = {}): Promise<CommandResult> =>
  runCommand('storage', ['move', to], { ...environment, ...more })

async function hashAll(storages: Storages): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const add = async (area: Area) => {
    for await (const { key } of storages[area].list()) {
      const hash = createHash('sha256')
      const file = await storages[area].open(key)
      for await (const chunk of file?.stream ?? []) hash.update(chunk as Buffer)
      found.set(`${area} ${key}`, hash.digest('hex'))
    }
  }
  for (const area of AREAS) await add(area)
  return found
}

/** Starts a move and kills it after so many files were stored. */
async function moveUntilKilled(stored: number): Promise<void> {
  peer.clear()
  const child = startCommand('storage', ['move', 's3'], environment)
  const countStored = () => peer.requests.filter((name) => name.startsWith('PUT')).length
  while (countStored() < stored && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5))
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await once(child, 'close')
}

describe('npm run storage', () => {
  it('moves nothing to where new files do not go', async () => {
    const { code, output } = await move('s3', { STORAGE: 'disk' })
    expect(code).toBe(1)
    expect(output).toContain('Set STORAGE=s3, restart Forecourt, then run this command.')
    expect(await hashAll(backends.disk)).toEqual(hashes)
  })

  it('needs a storage to move to', async () => {
    const { output } = await runCommand('storage', ['move', 'ftp'], environment)
    expect(output).toContain('Usage: npm run storage -- move s3, or npm run storage -- move disk.')
    expect((await runCommand('storage', ['move'], environment)).code).toBe(1)
  })

  it('moves every file to S3 once, with its bytes, though it is killed twice', async () => {
    for (const stored of [20, 40]) await moveUntilKilled(stored)
    const left = await hashAll(backends.disk)
    expect(left.size).toBeGreaterThan(0)
    expect(left.size).toBeLessThan(FILES)
    const { code, output } = await move('s3')
    expect(output).toContain('Every file is in the storage s3.')
    expect(code).toBe(0)
    expect(await hashAll(backends.s3)).toEqual(hashes)
    expect(await hashAll(backends.disk)).toEqual(new Map())
    expect(peer.openUploads.size).toBe(0)
  })

  it('waits for no other move', async () => {
    const pool = new pg.Pool({ connectionString: database.url })
    const refused = await withExclusiveLock(pool, 'move files', () => move('s3'))
    await pool.end()
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('Another process is moving files now.') as unknown,
    })
  })

  it('moves every file back to the disk', async () => {
    expect(await move('disk', { STORAGE: 'disk' })).toMatchObject({ code: 0 })
    expect(await hashAll(backends.disk)).toEqual(hashes)
    expect(await hashAll(backends.s3)).toEqual(new Map())
    const again = await move('disk', { STORAGE: 'disk' })
    expect(again.output).toContain('There is nothing to move')
  })

  it('reports in one line that S3 does not respond, and moves nothing', async () => {
    peer.cut()
    const { code, output } = await move('disk', { STORAGE: 'disk' })
    peer.resume()
    expect(code).toBe(1)
    expect(output).toMatch(/^The bucket forecourt-files does not respond: [^\n]+again\.\n$/)
    expect(await hashAll(backends.disk)).toEqual(hashes)
  })

  it('names the files that it could not move, and fails', async () => {
    const [key = ''] = [...hashes.keys()].filter((name) => name.startsWith('media'))
    const name = key.split(' ')[1] ?? ''
    peer.fail({ kind: 'status', status: 500 }, (request) => request === `PUT media/${name}`)
    const { code, output } = await move('s3')
    expect(code).toBe(1)
    expect(output).toContain('1 file could not be moved and stayed where they were')
    expect(output).toContain(`${name}: The bucket forecourt-files failed`)
    expect([...(await hashAll(backends.disk)).keys()]).toEqual([key])
  })
})
