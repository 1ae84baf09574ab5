import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { drawBanner } from '../../src/photos/adapters/draw-banner.ts'
import { loadBannerUrls } from '../../src/photos/store/banners.ts'
import { MAKE_BANNER } from '../../src/photos/tasks/make-banner.ts'
import { MAKE_PHOTO_SIZES } from '../../src/photos/tasks/make-photo-sizes.ts'
import { getService } from '../../src/services.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPicture, getUrlPath, type Photo, uploadPhoto } from '../support/http-photos.ts'
import { findJobs, runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api

beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})

async function upload(width = 640, height = 480): Promise<Photo> {
  const bytes = await createPicture(width, height).jpeg().toBuffer()
  const answer = await uploadPhoto(manager, bytes).expect(201)
  return (answer.body as { doc: Photo }).doc
}

const draw = ({ id }: Pick<Inventory, 'id'>) => runJob(engine, forecourt, MAKE_BANNER, { car: id })

async function findBanner({ id }: Pick<Inventory, 'id'>): Promise<string | undefined> {
  const context = { payload: forecourt.payload }
  return (await loadBannerUrls(context, [id])).get(id)
}

async function saveWithBanner(about: Partial<Inventory> = {}): Promise<Inventory> {
  const { url } = await upload()
  const car = await saveCar(forecourt.payload, { images: [url], price: 24_900, ...about })
  await draw(car)
  return car
}

const change = (car: Inventory, data: object) =>
  manager.patch(`/api/inventory/${car.id}`).send(data).expect(200)

describe('the banner of a car', () => {
  it('is drawn on its first photo, as a JPEG that everybody can load', async () => {
    const car = await saveWithBanner({ highlight: 'One owner' })
    const url = await findBanner(car)
    const answer = await forecourt.anonymous.get(getUrlPath(String(url))).expect(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    const image = sharp(answer.body as Buffer)
    expect(await image.metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 960 })
    const [red = 0, , blue = 0] = await pixelAt(answer.body as Buffer, 30, 30)
    expect(red - blue).toBeGreaterThan(100)
    const [barRed = 0] = await pixelAt(answer.body as Buffer, 10, 940)
    expect(barRed).toBeLessThan(60)
  })

  it.each([
    ['the price', { price: 23_500 }],
    ['the highlight', { highlight: 'New tires' }],
    ['the first photo', 'photo'],
    ['the history that it tells', { owners: 1 }],
  ])('has another address when %s changes, and the earlier one leads to it', async (_w, data) => {
    const car = await saveWithBanner()
    const before = String(await findBanner(car))
    await change(car, data === 'photo' ? { images: [(await upload(500, 400)).url] } : Object(data))
    expect((await findJobs(forecourt, MAKE_BANNER)).length).toBeGreaterThanOrEqual(0)
    await draw(car)
    const after = String(await findBanner(car))
    expect(after).not.toBe(before)
    const answer = await forecourt.anonymous.get(getUrlPath(before)).expect(302)
    expect(answer.headers['location']).toBe(after)
    await forecourt.anonymous.get(getUrlPath(after)).expect(200)
  })

  it('is not offered to feeds while it shows another price than the car has', async () => {
    const car = await saveWithBanner()
    await forecourt.sql('update inventory set price = 1 where id = $1', [car.id])
    expect(await findBanner(car)).toBeUndefined()
    await runJob(engine, forecourt, 'sweep-photos')
    await draw(car)
    expect(await findBanner(car)).toMatch(/\/api\/inventory\/banners\//)
  })

  it('is drawn by a job that the change itself queues', async () => {
    const { url } = await upload()
    await engine.stop()
    const car = await saveCar(forecourt.payload, { images: [url], price: 24_900 })
    const queued = async () =>
      (await findJobs(forecourt, MAKE_BANNER)).filter(
        ({ data }) => (data as { car: string }).car === car.id,
      )
    expect(await queued()).toHaveLength(1)
    engine = await startEngine(forecourt)
    await draw(car)
    await change(car, { description: 'A car' })
    expect(await queued()).toHaveLength(0)
  })

  it('is gone when the car is sold', async () => {
    const car = await saveWithBanner()
    const url = String(await findBanner(car))
    await change(car, { status: 'sold' })
    await forecourt.anonymous.get(getUrlPath(url)).expect(404)
    await draw(car)
    const { rows } = await forecourt.sql('select 1 from car_banners where car_id = $1', [car.id])
    expect(rows).toEqual([])
    await runJob(engine, forecourt, 'sweep-files')
    const { media } = getService(forecourt.payload, 'storages')
    expect(await media.head(`banners/${url.split('/').at(-1) ?? ''}`)).toBeNull()
  })

  it('does not exist for a first photo on another site, or a damaged one', async () => {
    const images = ['https://photos.example/1.jpg']
    const foreign = await saveCar(forecourt.payload, { images })
    await draw(foreign)
    expect(await findBanner(foreign)).toBeUndefined()

    const photo = await upload()
    await runJob(engine, forecourt, MAKE_PHOTO_SIZES, { photo: photo.id })
    await forecourt.sql("update photo_preparations set problem = 'damaged' where media_id = $1", [
      photo.id,
    ])
    const damaged = await saveCar(forecourt.payload, { images: [photo.url] })
    await draw(damaged)
    expect(await findBanner(damaged)).toBeUndefined()
  })
})

it('the banner of a price that comes back has an address of its own', async () => {
  const car = await saveWithBanner()
  const first = await findBanner(car)
  for (const price of [23_900, 24_900]) {
    await change(car, { price })
    await draw(car)
  }
  const again = await findBanner(car)
  expect(again).not.toBe(first)
  await runJob(engine, forecourt, 'sweep-files')
  await forecourt.anonymous.get(getUrlPath(String(again))).expect(200)
})

describe('the drawing of a banner', () => {
  const picture = () => createPicture(640, 480).webp().toBuffer()

  it.each([
    ['markup', '<b>&amp;</b><svg onload=alert(1)>'],
    ['a text that is too long', 'Best price '.repeat(20)],
    ['one long word', 'x'.repeat(80)],
    ['emoji and other scripts alone', '🚗🚗 日本語'],
    ['nothing', ''],
  ])('takes %s as its highlight', async (_what, highlight) => {
    const bytes = await drawBanner({ photo: await picture(), price: '$24,900', highlight })
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1280, height: 960 })
  })

  it.each([
    ['wide', 1920, 1, 320],
    ['wide', 1920, 100, 320],
    ['tall', 1, 1920, 2560],
    ['tall', 200, 1920, 2560],
    ['tiny', 1, 1, 1280],
  ])('has room for the price on a %s photo of %i × %i', async (_shape, width, height, drawn) => {
    const photo = await createPicture(width, height).webp().toBuffer()
    const bytes = await drawBanner({ photo, price: '$24,900', highlight: 'One owner' })
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1280, height: drawn })
  })

  it('draws the price where it belongs', async () => {
    const draw = async (price: string) =>
      drawBanner({ photo: await picture(), price, highlight: '' })
    const [one, other] = [await draw('$1'), await draw('$24,900')]
    const whites = async (bytes: Buffer) => {
      const bar = { left: 0, top: 830, width: 640, height: 120 }
      const { data } = await sharp(bytes)
        .extract(bar)
        .grayscale()
        .raw()
        .toBuffer({ resolveWithObject: true })
      return data.filter((value) => value > 200).length
    }
    expect(await whites(other)).toBeGreaterThan(2 * (await whites(one)))
  })
})

async function pixelAt(bytes: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())]
}
