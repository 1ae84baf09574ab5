import { utimes } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { APIError, createLocalReq } from 'payload'
import sharp from 'sharp'
import type { Engine } from '../../jobs/engine/engine.ts'
import { runInTransaction } from '../../src/owners/run-in-transaction.ts'
import { getService } from '../../src/services.ts'
import {
  publishSubmissionPhotos,
  withPublishedPhotos,
} from '../../src/submissions/publish-photos.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import { createCameraJpeg } from '../support/http-photos.ts'
import { createPdf, download, listLeftovers, sendRaw } from '../support/owner-files.ts'
import {
  aPicture,
  linkTo,
  offerCar,
  type Offered,
  photoOf,
  sendPhoto,
  setStatus,
} from '../support/submissions.ts'
import { runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  forecourt = await openForecourt({ UPLOADS_AT_ONCE: '60', UPLOADS_AT_ONCE_EACH: '60' })
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

const send = (offered: Offered, bytes: Buffer) => sendPhoto(forecourt.anonymous, offered, bytes)
const listStored = async () => (await listLeftovers(forecourt)).stored
const listIds = async (offered: Offered) => {
  const { body } = await forecourt.anonymous.get(linkTo(offered)).expect(200)
  return (body as { photos: { id: string }[] }).photos.map(({ id }) => id)
}

describe('a photo of a submission', () => {
  it('is encoded again without the place where it was taken, and private', async () => {
    const offered = await offerCar(forecourt)
    for (const bytes of [await createCameraJpeg(), createHeic()]) {
      const photo = photoOf(await send(offered, bytes).expect(201))
      const { body, headers } = await download(forecourt.anonymous, photo.url).expect(200)
      const { exif, format } = await sharp(body as Buffer).metadata()
      expect({ exif, format }).toEqual({ exif: undefined, format: 'jpeg' })
      expect(headers).toMatchObject({
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
    }
  })

  it('is seen with the link and by staff, and by nobody else', async () => {
    const [offered, other] = [await offerCar(forecourt), await offerCar(forecourt)]
    const { id } = photoOf(await send(offered, await aPicture()).expect(201))
    const mine = linkTo(offered, `/photos/${id}`)
    await forecourt.anonymous.get(mine).expect(200)
    await forecourt.anonymous.get(linkTo(other, `/photos/${id}`)).expect(404)
    await forecourt.anonymous.get(`/api/submissions/${offered.reference}/photos/${id}`).expect(404)
    const viewer = await forecourt.as('viewer')
    const list = `/api/pending-submissions/${offered.id}/photos`
    const { body } = await viewer.get(list).expect(200)
    expect(body.photos).toMatchObject([{ id, position: 1, url: `${list}/${id}` }])
    await viewer.get(`${list}/${id}`).expect(200)
    await viewer.get(`/api/pending-submissions/${other.id}/photos/${id}`).expect(404)
    await forecourt.anonymous.get(list).expect(401)
    await (await forecourt.asOwner()).api.get(`${list}/${id}`).expect(403)
  })

  it('keeps its place, and the same file is one photo', async () => {
    const offered = await offerCar(forecourt)
    const pictures = await Promise.all([1, 2, 3].map(aPicture))
    const ids: string[] = []
    for (const bytes of pictures) ids.push(photoOf(await send(offered, bytes).expect(201)).id)
    const before = await listStored()
    for (const [index, bytes] of pictures.entries())
      expect(photoOf(await send(offered, bytes).expect(201)).id).toBe(ids[index])
    expect(await listIds(offered)).toEqual(ids)
    expect(await listStored()).toEqual(before)
  })

  it('is removed with its bytes until the decision', async () => {
    const offered = await offerCar(forecourt)
    const before = await listStored()
    const remove = (id: string) => forecourt.anonymous.delete(linkTo(offered, `/photos/${id}`))
    const [first, second] = [await aPicture(4), await aPicture(5)]
    const gone = photoOf(await send(offered, first).expect(201)).id
    await remove(gone).expect(200)
    await remove(gone).expect(404)
    expect(await listStored()).toEqual(before)
    const kept = photoOf(await send(offered, second).expect(201)).id
    await setStatus(forecourt, offered, 'approved')
    await remove(kept).expect(409)
    expect(await listIds(offered)).toEqual([kept])
  })

  it('is added before the review and when we want more, and not otherwise', async () => {
    const offered = await offerCar(forecourt)
    const allowed = { pending: 201, in_review: 409, info_wanted: 201, rejected: 409 }
    let number = 10
    for (const [status, code] of Object.entries(allowed)) {
      await setStatus(forecourt, offered, status)
      await send(offered, await aPicture(number++)).expect(code)
    }
  })

  it('is one of forty: of 45 at the same time, 5 are refused and leave no file', async () => {
    const offered = await offerCar(forecourt)
    const before = (await listStored()).length
    const pictures = await Promise.all(Array.from({ length: 45 }, (_, index) => aPicture(index)))
    const answers = await Promise.all(pictures.map((bytes) => send(offered, bytes)))
    const refused = answers.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(5)
    expect(await listIds(offered)).toHaveLength(40)
    expect(await listStored()).toHaveLength(before + 40)
  })
})

describe('a file that is not a photo', () => {
  it('is refused, and nothing is stored', async () => {
    const offered = await offerCar(forecourt)
    const before = await listStored()
    const bomb = await sharp({
      create: { width: 9_000, height: 9_000, channels: 3, background: 'red' },
    })
      .png()
      .toBuffer()
    await send(offered, await createPdf()).expect(415)
    await send(offered, Buffer.from('<svg onload="alert(1)"/>')).expect(415)
    await send(offered, (await aPicture()).subarray(0, 200)).expect(415)
    for (const other of ['GIF89a', 'hello']) {
      const { text } = await send(offered, Buffer.from(other)).expect(415)
      expect(text).toContain('JPEG, PNG, WebP or HEIC')
      expect(text).not.toContain('PDF')
    }
    await send(offered, bomb).expect(415)
    const url = linkTo(offered, '/photos')
    await sendRaw(forecourt.anonymous, url, Buffer.alloc(10_000_001, 'x')).expect(413)
    await sendRaw(forecourt.anonymous, url, Buffer.alloc(22_000_000, 'x')).expect(413)
    await forecourt.anonymous.post(url).expect(400)
    expect(await listStored()).toEqual(before)
    expect((await listLeftovers(forecourt)).received).toEqual([])
  })
})

describe('published photos', () => {
  it('are media in order, whose addresses a car can have', async () => {
    const offered = await offerCar(forecourt)
    for (const number of [1, 2]) await send(offered, await aPicture(number)).expect(201)
    const req = await createLocalReq({}, forecourt.payload)
    const urls = await withPublishedPhotos(req, () =>
      runInTransaction(req, () => publishSubmissionPhotos(req, offered.id)),
    )
    const origin = forecourt.payload.config.serverURL
    expect(urls).toHaveLength(2)
    const widths: (number | undefined)[] = []
    const manager = await forecourt.as('manager')
    for (const url of urls) {
      expect(url).toMatch(new RegExp(`^${origin}/api/media/file/[0-9a-f-]{36}\\.webp$`))
      const { body } = await download(manager, new URL(url).pathname).expect(200)
      widths.push((await sharp(body as Buffer).metadata()).width)
    }
    expect(widths).toEqual([41, 42])
  })

  it('leave no file and no row if their transaction is rolled back', async () => {
    const offered = await offerCar(forecourt)
    await send(offered, await aPicture()).expect(201)
    const media = getService(forecourt.payload, 'storages').media
    const countFiles = async () => {
      let files = 0
      // jobs make the sizes of earlier photos meanwhile
      for await (const { key } of media.list()) if (!key.startsWith('sizes/')) files += 1
      return files
    }
    const before = await countFiles()
    const req = await createLocalReq({}, forecourt.payload)
    const published = withPublishedPhotos(req, () =>
      runInTransaction(req, async () => {
        await publishSubmissionPhotos(req, offered.id)
        expect(await countFiles()).toBe(before + 3)
        throw new APIError('The car was refused.', 409)
      }),
    )
    await expect(published).rejects.toThrow('The car was refused.')
    expect(await countFiles()).toBe(before)
  })
})

it('the sweep removes photos of deleted submissions and those without a row', async () => {
  const [offered, deleted] = [await offerCar(forecourt), await offerCar(forecourt)]
  await send(offered, await aPicture(1)).expect(201)
  const kept = await listStored()
  await send(deleted, await aPicture(2)).expect(201)
  const rowless = `submissions/${crypto.randomUUID()}.jpg`
  await getService(forecourt.payload, 'storages').owners.put(rowless, Buffer.from('x'))
  await (await forecourt.as('admin')).delete(`/api/pending-submissions/${deleted.id}`).expect(200)
  const past = new Date(Date.now() - 7_200_000)
  for (const key of await listStored())
    await utimes(path.join(forecourt.settings.DATA_DIR, 'files', key), past, past)
  await runJob(engine, forecourt, 'sweep-files')
  expect(await listStored()).toEqual(kept)
})
