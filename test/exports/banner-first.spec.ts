import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { loadBannerUrls } from '../../src/photos/store/banners.ts'
import { MAKE_BANNER } from '../../src/photos/tasks/make-banner.ts'
import { enterDealership, readFeed, saveListedCar } from '../support/feeds.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPicture, getUrlPath, type Photo, uploadPhoto } from '../support/http-photos.ts'
import { runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
let car: Inventory
let photos: string[]
let banner: string

beforeAll(async () => {
  forecourt = await openForecourt({ PUBLIC_ORIGIN: 'https://cars.example.com' })
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
  await enterDealership(forecourt)
  photos = [await upload('red'), await upload('blue')]
  car = await saveListedCar(forecourt, { images: photos, price: 24_900 })
  await runJob(engine, forecourt, MAKE_BANNER, { car: car.id })
  banner = (await loadBannerUrls({ payload: forecourt.payload }, [car.id])).get(car.id) ?? 'none'
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})

async function upload(background: string): Promise<string> {
  const bytes = await createPicture(640, 480).tint(background).jpeg().toBuffer()
  const answer = await uploadPhoto(manager, bytes).expect(201)
  return (answer.body as { doc: Photo }).doc.url
}

async function setBanner(useBanner: boolean): Promise<void> {
  const { rows } = await forecourt.sql(`select id from export_feeds where feed = 'carsforsale'`)
  await manager
    .patch(`/api/export-feeds/${String(rows[0]?.id)}`)
    .send({ useBanner })
    .expect(200)
}

/** The addresses of pictures in the feed, in their order, each by the end of its path. */
async function listPictures(): Promise<string[]> {
  const { text } = await readFeed(forecourt, 'carsforsale')
  return text.match(/\/api\/[\w/-]+\.(?:jpe?g|png|webp)/g) ?? []
}

it('the photos of a car are in a feed as they are', async () => {
  await setBanner(false)
  expect(await listPictures()).toEqual(photos.map(getUrlPath))
})

it('the banner stands first, instead of the first photo, where the feed wants it', async () => {
  await setBanner(true)
  expect(banner).toMatch(/\/banners\//)
  expect(await listPictures()).toEqual([banner, ...photos.slice(1)].map(getUrlPath))
})

it('a banner with another price than the car has is not used', async () => {
  await forecourt.sql('update inventory set price = 19900 where id = $1', [car.id])
  expect(await listPictures()).toEqual(photos.map(getUrlPath))
})
