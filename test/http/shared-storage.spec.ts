import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import supertest from 'supertest'
import type { Payload } from 'payload'
import type { Engine } from '../../jobs/engine/engine.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import { getService } from '../../src/services.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, fetchToken, openForecourt, saveUser } from '../support/forecourt.ts'
import type { TestForecourt } from '../support/forecourt.ts'
import {
  aPhoto,
  createPicture,
  getUrlPath,
  type Photo,
  uploadPhoto,
} from '../support/http-photos.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'
import { testSettings } from '../support/settings.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'

let s3: S3Peer
let redis: RedisPeer | undefined
let folder: string
let one: TestForecourt
let other: Application
let engine: Engine
let manager: Api
let admin: Api
/** The admin, at the other server. */
let elsewhere: Api
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-shared-'))
  s3 = await openS3Peer()
  redis = findRedis() ? await openRedis() : undefined
  const shared = { ...s3.settings, ...(redis && { REDIS_URL: redis.url }) }
  one = await openForecourt(shared)
  const { _payload: cache } = globalThis as unknown as { _payload: Map<string, Payload> }
  cache.clear() // or Payload would return the first one again
  const settings = testSettings({
    ...shared,
    DATABASE_URL: one.url,
    MEDIA_DIR: path.join(folder, 'media'),
    DATA_DIR: path.join(folder, 'data'),
  })
  other = await createApplication(settings, one.url, { ownerUrl: one.ownerUrl })
  engine = await startEngine(one)
  manager = await one.as('manager')
  const account = await saveUser(one.payload, 'admin')
  const token = await fetchToken(one.app, account)
  const signIn = (app: Application['app']) =>
    supertest.agent(app).set('Authorization', `Bearer ${token}`)
  admin = signIn(one.app)
  elsewhere = signIn(other.app)
})
afterEach(() => s3.resume())
afterAll(async () => {
  await engine.stop(0)
  await other.close()
  await one.close()
  await redis?.kill()
  await s3.close()
  await rm(folder, { recursive: true })
})

const getBytes = (response: Response) => response.body as Buffer
const listNames = ({ filename, sizes }: Photo) => [
  filename,
  ...Object.values(sizes).map((size) => size.filename),
]
/** The stored photos, without what jobs make of them in folders and the sweep removes. */
async function listStored(): Promise<string[]> {
  const names: string[] = []
  for await (const { key } of getService(one.payload, 'storages').media.list()) names.push(key)
  return names.filter((name) => !name.includes('/')).sort()
}

describe('two servers on one bucket', () => {
  it('serve a photo as soon as one of them has it, and neither has it on its disk', async () => {
    const photo = await aPhoto(manager)
    await saveCar(one.payload, { images: [photo.url], status: 'available' })
    const path = getUrlPath(photo.url)
    const [here, there] = [
      await supertest(one.app).get(path).expect(200),
      await supertest(other.app).get(path).expect(200),
    ]
    expect(getBytes(there)).toEqual(getBytes(here))
    expect(there.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(getBytes(here).length),
      'cache-control': 'public, max-age=31536000, immutable',
      etag: here.headers['etag'],
    })
    expect(await readdir(one.settings.MEDIA_DIR)).toEqual([])
    expect(await listStored()).toEqual(listNames(photo).sort())
  })

  it('answer ranges and conditions as from the disk', async () => {
    const { url } = await aPhoto(manager)
    const path = getUrlPath(url)
    const whole = await elsewhere.get(path).expect(200)
    const part = await elsewhere.get(path).set('Range', 'bytes=4-7').expect(206)
    expect(part.headers['content-range']).toBe(`bytes 4-7/${getBytes(whole).length}`)
    expect(getBytes(part)).toEqual(getBytes(whole).subarray(4, 8))
    await elsewhere.get(path).set('Range', 'bytes=9999999-').expect(416)
    const etag = String(whole.headers['etag'])
    await elsewhere.get(path).set('If-None-Match', etag).expect(304)
    await elsewhere.get(path).set('If-Match', '"other"').expect(412)
    const head = await elsewhere.head(path).expect(200)
    expect(head.headers['content-length']).toBe(whole.headers['content-length'])
  })

  it('remove the files of a photo that either of them deletes', async () => {
    const photo = await aPhoto(manager)
    const before = await listStored()
    await elsewhere.delete(`/api/media/${photo.id}`).expect(200)
    const names = listNames(photo)
    expect(await listStored()).toEqual(before.filter((name) => !names.includes(name)))
    await admin.get(getUrlPath(photo.url)).expect(404)
  })
})

describe('a bucket that fails', () => {
  it('makes an upload a 503, and leaves neither a row nor a file', async () => {
    const before = await listStored()
    s3.fail({ kind: 'status', status: 503 }, (name) => name.startsWith('PUT') && /-card/.test(name))
    const picture = await createPicture(64, 48).jpeg().toBuffer()
    const answer = await uploadPhoto(manager, picture).expect(503)
    expect(answer.headers['retry-after']).toBe('10')
    expect(answer.body.errors[0].message).toContain('The storage of files is unavailable')
    expect(await listStored()).toEqual(before)
    const { rows } = await one.sql('select count(*)::int as rows from media')
    expect([before, rows[0].rows * 3]).toEqual([before, before.length])
  })

  it('makes a photo a 503 and not a 404', async () => {
    const { url } = await aPhoto(manager)
    s3.fail({ kind: 'status', status: 500 }, (name) => name.startsWith('GET'))
    const answer = await admin.get(getUrlPath(url)).expect(503)
    expect(answer.headers['retry-after']).toBe('10')
  })

  it('does not undo a deletion; the sweep removes the files later', async () => {
    const photo = await aPhoto(manager)
    s3.fail({ kind: 'status', status: 503 }, (name) => name.startsWith('DELETE'))
    await admin.delete(`/api/media/${photo.id}`).expect(200)
    await admin.get(`/api/media/${photo.id}`).expect(404)
    s3.resume()
    expect(await listStored()).toEqual(expect.arrayContaining(listNames(photo)))
    const job = (await runJob(engine, one, 'sweep-files')).run.jobId
    // they are less than an hour old
    expect((await loadRuns(one, job))[0]?.result).toMatchObject({ removed: 0 })
  })

  it('that lost a photo makes it a 404', async () => {
    const photo = await aPhoto(manager)
    await getService(one.payload, 'storages').media.remove(photo.filename)
    await admin.get(getUrlPath(photo.url)).expect(404)
  })
})
