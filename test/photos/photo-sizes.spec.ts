import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import type { Engine } from '../../jobs/engine/engine.ts'
import { MAKE_PHOTO_SIZES } from '../../src/photos/tasks/make-photo-sizes.ts'
import { getService } from '../../src/services.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPicture, getUrlPath, type Photo, uploadPhoto } from '../support/http-photos.ts'
import { waitForNotifications } from '../support/notifications.ts'
import { findJobs, loadRuns, runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
let admin: Api

beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
  admin = await forecourt.as('admin')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})

async function upload(width: number, height: number): Promise<Photo> {
  const bytes = await createPicture(width, height).jpeg().toBuffer()
  const answer = await uploadPhoto(manager, bytes).expect(201)
  return (answer.body as { doc: Photo }).doc
}

const makeSizes = ({ id }: Photo) => runJob(engine, forecourt, MAKE_PHOTO_SIZES, { photo: id })

async function listSizes({ id }: Photo) {
  const { rows } = await forecourt.sql(
    'select width, height, format, storage_key from photo_sizes where media_id = $1 order by 3, 1',
    [id],
  )
  return rows as { width: number; height: number; format: string; storage_key: string }[]
}

/** Makes a photo one from before there were sizes. */
async function forgetSizes({ id }: Photo): Promise<void> {
  await forecourt.sql('delete from photo_preparations where media_id = $1', [id])
  await forecourt.sql('delete from photo_sizes where media_id = $1', [id])
}

type ShownPhoto = {
  url: string
  isOwn: boolean
  alt: string
  width: number | null
  height: number | null
  srcset: { avif: string; webp: string } | null
  placeholder: string | null
}

async function readPhotos(car: string, api = forecourt.anonymous): Promise<ShownPhoto[]> {
  const { body } = await api.get(`/api/inventory/${car}/photos`).expect(200)
  return (body as { photos: ShownPhoto[] }).photos
}

describe('the sizes of a photo', () => {
  it('are queued with the upload, and made in every width that the photo has', async () => {
    const photo = await upload(1000, 500)
    const jobs = await findJobs(forecourt, MAKE_PHOTO_SIZES)
    expect(jobs.map(({ data }) => data)).toContainEqual({ photo: photo.id })
    await makeSizes(photo)
    const sizes = await listSizes(photo)
    expect(sizes.map(({ format, width, height }) => `${format} ${width}x${height}`)).toEqual(
      ['avif', 'webp'].flatMap((format) =>
        ['320x160', '640x320', '960x480', '1000x500'].map((size) => `${format} ${size}`),
      ),
    )
  })

  it('are never larger than the photo', async () => {
    const photo = await upload(64, 48)
    await makeSizes(photo)
    expect((await listSizes(photo)).map(({ width }) => width)).toEqual([64, 64])
  })

  it('are what they say they are, and look like the photo', async () => {
    const photo = await upload(700, 400)
    await makeSizes(photo)
    for (const { storage_key: key, width, format } of await listSizes(photo)) {
      const image = sharp(path.join(forecourt.settings.MEDIA_DIR, key))
      const facts = await image.metadata()
      expect(facts).toMatchObject({ width, format: format === 'avif' ? 'heif' : 'webp' })
      const [left] = await image
        .extract({ left: 10, top: 10, width: 1, height: 1 })
        .raw()
        .toBuffer()
      expect(left).toBeGreaterThan(200)
    }
  })

  it('are made once: a repeated job changes nothing', async () => {
    const photo = await upload(400, 300)
    await makeSizes(photo)
    const before = await listSizes(photo)
    const { run } = await makeSizes(photo)
    expect(await loadRuns(forecourt, run.jobId)).toMatchObject([{ result: { sizes: 0 } }])
    expect(await listSizes(photo)).toEqual(before)
  })

  it('are made later for photos that have none', async () => {
    const photo = await upload(330, 200)
    await makeSizes(photo)
    await forgetSizes(photo)
    await runJob(engine, forecourt, 'sweep-photos')
    await makeSizes(photo)
    expect(await listSizes(photo)).toHaveLength(4)
    await runJob(engine, forecourt, 'sweep-files')
    const { media } = getService(forecourt.payload, 'storages')
    for (const { storage_key: key } of await listSizes(photo))
      expect(await media.head(key)).not.toBeNull()
  })

  it('are made of a strip that is one pixel wide', async () => {
    const photo = await upload(1, 1900)
    await makeSizes(photo)
    expect(await listSizes(photo)).toMatchObject([
      { width: 1, height: 1900, format: 'avif' },
      { width: 1, height: 1900, format: 'webp' },
    ])
  })

  it('are not tried again for a photo whose bytes are damaged', async () => {
    const photo = await upload(330, 200)
    await makeSizes(photo)
    await forgetSizes(photo)
    const { media } = getService(forecourt.payload, 'storages')
    await media.put(photo.filename, Buffer.from('RIFF0000WEBP'))
    await makeSizes(photo)
    const { rows } = await forecourt.sql(
      'select problem from photo_preparations where media_id = $1',
      [photo.id],
    )
    expect(rows).toEqual([{ problem: expect.stringMatching(/\w+/) }])
    await runJob(engine, forecourt, 'sweep-photos')
    const { run } = await makeSizes(photo)
    expect(await loadRuns(forecourt, run.jobId)).toMatchObject([{ result: { sizes: 0 } }])
  })
})

describe('the photos of a car for a site', () => {
  it('are none where the column has no list of addresses, without an error', async () => {
    const { id } = await saveCar(forecourt.payload)
    for (const images of ['{"a": 1}', '[1, null]', '"x"']) {
      await forecourt.sql('update inventory set images = $1 where id = $2', [images, id])
      const { body } = await forecourt.anonymous.get(`/api/inventory/${id}/photos`).expect(200)
      expect([images, body]).toEqual([images, { photos: [] }])
    }
  })

  it('come with the addresses of their sizes, which the public can load', async () => {
    const photo = await upload(700, 400)
    await makeSizes(photo)
    const car = await saveCar(forecourt.payload, { images: [photo.url] })
    const [shown] = await readPhotos(car.id)
    expect(shown).toMatchObject({ isOwn: true, width: 700, height: 400, alt: car.title })
    expect(shown?.placeholder).toMatch(/^data:image\/webp;base64,/)
    expect(shown?.srcset?.avif.split(', ').map((entry) => entry.split(' ')[1])).toEqual([
      '320w',
      '640w',
      '700w',
    ])
    for (const [format, list] of Object.entries(shown?.srcset ?? {})) {
      const [address = ''] = list.split(' ')
      const answer = await forecourt.anonymous.get(getUrlPath(address)).expect(200)
      expect(answer.headers).toMatchObject({
        'content-type': `image/${format}`,
        'cache-control': 'public, max-age=31536000, immutable',
      })
      await forecourt.anonymous
        .get(getUrlPath(address))
        .set('If-None-Match', String(answer.headers['etag']))
        .expect(304)
    }
  })

  it('from other sites come with their address alone', async () => {
    const url = 'https://photos.example/1.jpg'
    const car = await saveCar(forecourt.payload, { images: [url] })
    expect(await readPhotos(car.id)).toEqual([
      {
        url,
        isOwn: false,
        alt: car.title,
        width: null,
        height: null,
        srcset: null,
        placeholder: null,
      },
    ])
  })

  it('of several cars come at once, in the order in which they were requested', async () => {
    const cars = [
      await saveCar(forecourt.payload, { images: ['https://photos.example/a.jpg'] }),
      await saveCar(forecourt.payload, { images: ['https://photos.example/b.jpg'] }),
      await saveCar(forecourt.payload, { status: 'hold' }),
    ]
    const ids = cars.map(({ id }) => id)
    const list = async (api: Api) => {
      const { body } = await api.get(`/api/inventory/photos?ids=${ids.join()}`).expect(200)
      return (body as { docs: { id: string }[] }).docs.map(({ id }) => id)
    }
    expect(await list(forecourt.anonymous)).toEqual(ids.slice(0, 2))
    expect(await list(manager)).toEqual(ids)
    await forecourt.anonymous.get('/api/inventory/photos?ids=all').expect(400)
  })

  it('are those of now, also when they were read before a change', async () => {
    const photo = await upload(330, 200)
    const car = await saveCar(forecourt.payload, { images: [photo.url] })
    expect((await readPhotos(car.id))[0]?.srcset).toBeNull()
    await makeSizes(photo)
    await waitForNotifications(forecourt)
    expect((await readPhotos(car.id))[0]?.srcset).not.toBeNull()
    await manager.patch(`/api/media/${photo.id}`).send({ alt: 'Left side' }).expect(200)
    expect((await readPhotos(car.id))[0]?.alt).toBe('Left side')
    await manager.patch(`/api/inventory/${car.id}`).send({ status: 'hold' }).expect(200)
    await forecourt.anonymous.get(`/api/inventory/${car.id}/photos`).expect(404)
  })
})

describe('a size of a photo', () => {
  it('is public exactly as long as its photo is', async () => {
    const photo = await upload(330, 200)
    await makeSizes(photo)
    const car = await saveCar(forecourt.payload, { images: [photo.url] })
    const [size] = await listSizes(photo)
    const address = `/api/media/${size?.storage_key}`
    await forecourt.anonymous.get(address).expect(200)
    await manager.patch(`/api/inventory/${car.id}`).send({ status: 'sold' }).expect(200)
    await forecourt.anonymous.get(address).expect(404)
    const answer = await manager.get(address).expect(200)
    expect(answer.headers['cache-control']).toBe('private, no-cache')
  })

  it('is no way to any other file', async () => {
    for (const name of ['..%2F..%2Fetc%2Fpasswd', 'x.webp', '%00', `${'0'.repeat(90)}.webp`])
      await forecourt.anonymous.get(`/api/media/sizes/${name}`).expect(404)
  })

  it('is removed with its photo', async () => {
    const photo = await upload(330, 200)
    await makeSizes(photo)
    const files = async () =>
      (await readdir(path.join(forecourt.settings.MEDIA_DIR, 'sizes'))).filter((name) =>
        name.startsWith(photo.filename.replace('.webp', '')),
      )
    expect(await files()).toHaveLength(4)
    await admin.delete(`/api/media/${photo.id}`).expect(200)
    await runJob(engine, forecourt, 'sweep-files')
    expect(await files()).toEqual([])
  })
})
