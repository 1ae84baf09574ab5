import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../src/api/openapi/operations.ts'
import { getService } from '../../src/services.ts'
import { anyVin } from '../support/builders.ts'
import { saveCarPhoto } from '../support/car-photo.ts'
import {
  approveOffer,
  type OfferedVehicle,
  offerVehicle,
  saveTrackedVehicle,
} from '../support/dealer-offers.ts'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import type { Api } from '../support/forecourt.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import {
  createOperationChecks,
  expectStrangersRefused,
  isRoomOperation,
  formatOperationName,
} from '../support/openapi-requests.ts'
import { saveCompetitor } from '../support/scrape-room.ts'
import { saveVerifiedOwner } from '../support/sharing.ts'
import { loadRuns, waitUntil } from '../support/work.ts'

let site: DealerSite
let stage: MarketStage
let viewer: Api
let manager: Api
beforeAll(async () => {
  site = await openDealerSite('custom', simulateWorld({ seed: 9, cars: 30 }))
  stage = await openMarket({ SCRAPING_ALLOWED_ORIGINS: site.origin, SCRAPING_ALLOWED_GAP_MS: '0' })
  viewer = await stage.as('viewer')
  manager = await stage.as('manager')
}, 120_000)
afterAll(async () => {
  await stage.close()
  await site.close()
})

const operations = () => listOperations(stage.payload.config).filter(isRoomOperation)
/** Until a run of a job that was queued by hand has ended well. */
const succeededAt = (job: string) =>
  waitUntil(
    async () => (await loadRuns(stage, job)).some(({ status }) => status === 'success'),
    `job ${job} succeeds`,
  )
const NOBODY_HERE = '00000000-0000-4000-8000-000000000000'

describe('what really comes', () => {
  const { expectAnswer, succeeded, refused } = createOperationChecks(operations)

  it('of the market of a car is what is stated', async () => {
    const [read, queue] = ['GET /api/inventory/{id}/market', 'POST /api/inventory/{id}/analyse']
    const marketOf = (id: string, query = '') => viewer.get(`/api/inventory/${id}/market${query}`)
    const analyse = (id: string, api = manager) => api.post(`/api/inventory/${id}/analyse`)
    stage.offerCars(19_000, 19_500, 20_000, 20_500, 21_000, 60_000)
    const car = await saveAccord(stage)
    await expectAnswer(read, 200, marketOf(car.id))
    await stage.analyzeCar(car)
    const { body } = await expectAnswer(read, 200, marketOf(car.id, '?price=20000.50'))
    expect(body).toMatchObject({
      analysis: { figures: { sampleSize: 6 } },
      whatIf: { price: 20_000.5 },
    })
    expect([body.analysis.comparables.length, body.history.length]).toEqual([6, 1])
    await expectAnswer(read, 400, marketOf(car.id, '?price=-1'))
    await expectAnswer(read, 404, marketOf(NOBODY_HERE))
    const queued = await expectAnswer(queue, 202, analyse(car.id))
    await succeededAt(queued.body.jobId as string)
    await expectAnswer(queue, 403, analyse(car.id, viewer))
    await expectAnswer(queue, 404, analyse(NOBODY_HERE))
    await expectAnswer(queue, 409, analyse((await saveAccord(stage, { status: 'sold' })).id))
  })

  it('of the whole market is what is stated', async () => {
    stage.offerCars(19_000, 19_500, 20_000, 20_500, 21_000)
    await stage.analyzeCar(await saveAccord(stage, { price: 30_000 }))
    await saveAccord(stage)
    const overview = (query = '') => viewer.get(`/api/market/overview${query}`)
    const { body } = await expectAnswer('GET /api/market/overview', 200, overview())
    expect([body.overpriced.cars.length, body.noData.cars.length].every((cars) => cars > 0)).toBe(
      true,
    )
    await expectAnswer('GET /api/market/overview', 400, overview('?limit=0'))
    await expectAnswer(
      'GET /api/market/overview',
      403,
      (await stage.asOwner()).api.get('/api/market/overview'),
    )
  })

  it.each([
    ['/api/market/decisions', '?limit=5', '?limit=0'],
    ['/api/market/history', '?make=Honda&model=Accord', '?make=Honda'],
    ['/api/market/sold', '?make=Honda&model=Accord', '?make=Honda'],
    ['/api/competitors/sales', '?months=2', '?months=0'],
  ])('of %s is what is stated', async (path, query, wrong) => {
    await expectAnswer(`GET ${path}`, 200, viewer.get(`${path}${query}`))
    await expectAnswer(`GET ${path}`, 400, viewer.get(`${path}${wrong}`))
  })

  it('of the price of a car is what is stated', async () => {
    const name = 'POST /api/inventory/{id}/price'
    const car = await saveAccord(stage, { price: 24_500 })
    const send = (body: object, id = car.id, api = manager) =>
      api.post(`/api/inventory/${id}/price`).send(body)
    const change = { price: 23_950, expectedPrice: 24_500, reason: 'suggestion', note: 'Old' }
    const { body } = await expectAnswer(name, 200, send(change))
    expect(body.doc.price).toBe(23_950)
    await expectAnswer(name, 409, send(change))
    await expectAnswer(name, 400, send({ price: 'less' }))
    await expectAnswer(name, 403, send(change, car.id, viewer))
    await expectAnswer(name, 404, send({ price: 1 }, NOBODY_HERE))
  })

  it('of the history of a car is what is stated', async () => {
    const owner = await saveVerifiedOwner(stage)
    const vehicle = await saveTrackedVehicle(stage, owner)
    const { body } = await offerVehicle(owner, vehicle).expect(201)
    const { car } = await approveOffer(stage, (body as OfferedVehicle).reference)
    const name = 'GET /api/inventory/{id}/history'
    await expectAnswer(name, 200, stage.anonymous.get(`/api/inventory/${car}/history`))
    await expectAnswer(name, 404, viewer.get(`/api/inventory/${NOBODY_HERE}/history`))
  })

  it('of the public site is what is stated', async () => {
    const car = await saveAccord(stage, { bodyStyle: 'Sedan' })
    await saveAccord(stage, { bodyStyle: 'Sedan' })
    const path = '/api/inventory'
    const ask = (below: string) => stage.anonymous.get(`${path}/${below}`)
    const found = await expectAnswer(`GET ${path}/search`, 200, ask('search?q=acord&make=Honda'))
    expect(found.body.docs.length).toBeGreaterThan(0)
    await expectAnswer(`GET ${path}/search`, 400, ask('search?make=Honda&color[]=Red'))
    await expectAnswer(`GET ${path}/facets`, 200, ask('facets?make=Honda&make=Acura'))
    await expectAnswer(`GET ${path}/facets`, 400, ask('facets?page=1'))
    await expectAnswer(`GET ${path}/recently-sold`, 200, ask('recently-sold'))
    await expectAnswer(`GET ${path}/recently-sold`, 400, ask('recently-sold?limit=51'))
    const slug = (await ask(car.id)).body.slug as string
    await expectAnswer(`GET ${path}/by-slug/{slug}`, 200, ask(`by-slug/${slug}`))
    await expectAnswer(`GET ${path}/by-slug/{slug}`, 404, ask('by-slug/none'))
    for (const part of ['similar', 'json-ld', 'payment'])
      await expectAnswer(`GET ${path}/{id}/${part}`, 404, ask(`${NOBODY_HERE}/${part}`))
    await expectAnswer(`GET ${path}/{id}/similar`, 200, ask(`${car.id}/similar`))
    await expectAnswer(`GET ${path}/{id}/similar`, 400, ask(`${car.id}/similar?limit=13`))
    await expectAnswer(`GET ${path}/{id}/json-ld`, 200, ask(`${car.id}/json-ld`))
    await expectAnswer(`GET ${path}/{id}/payment`, 409, ask(`${car.id}/payment`))
    await stage.sql(`update dealership set sales_tax_percent = 8, document_fee = 85,
      registration_fee = 300, interest_percent = 7`)
    await expectAnswer(`GET ${path}/{id}/payment`, 200, ask(`${car.id}/payment`))
    await expectAnswer(`GET ${path}/{id}/payment`, 400, ask(`${car.id}/payment?months=0`))
    const name = `POST ${path}/{id}/enquiries`
    const enquire = (id: string, about: object = {}) =>
      stage.anonymous
        .post(`${path}/${id}/enquiries`)
        .send({ name: 'Ann', phone: '408 555 0100', message: 'Hello', ...about })
    await expectAnswer(name, 201, enquire(car.id))
    await expectAnswer(name, 400, enquire(car.id, { phone: null }))
    await expectAnswer(name, 404, enquire(NOBODY_HERE))
  })

  it('of the stock work on a car is what is stated', async () => {
    const car = await saveAccord(stage)
    const of = (id = car.id) => `/api/inventory/${id}`
    const [sell, hold] = ['POST /api/inventory/{id}/sell', 'POST /api/inventory/{id}/hold']
    await expectAnswer(hold, 200, manager.post(`${of()}/hold`).send({ until: '2999-01-31' }))
    await expectAnswer(hold, 400, manager.post(`${of()}/hold`).send({ until: 'soon' }))
    await expectAnswer(hold, 403, viewer.post(`${of()}/hold`).send({}))
    await expectAnswer(hold, 404, manager.post(`${of(NOBODY_HERE)}/hold`).send({}))
    const sale = { price: 23_900, buyerNote: 'Ann' }
    await expectAnswer(sell, 200, manager.post(`${of()}/sell`).send(sale))
    await expectAnswer(sell, 409, manager.post(`${of()}/sell`).send(sale))
    await expectAnswer(sell, 400, manager.post(`${of()}/sell`).send({}))
    await expectAnswer(sell, 403, viewer.post(`${of()}/sell`).send(sale))
    await expectAnswer(sell, 404, manager.post(`${of(NOBODY_HERE)}/sell`).send(sale))
    const timeline = 'GET /api/inventory/{id}/timeline'
    const { body } = await expectAnswer(timeline, 200, viewer.get(`${of()}/timeline`))
    expect(body.events.at(-1)).toMatchObject({ kind: 'sold', price: 23_900 })
    await expectAnswer(timeline, 404, viewer.get(`${of(NOBODY_HERE)}/timeline`))
    await expectAnswer('GET /api/inventory/stats', 200, viewer.get('/api/inventory/stats'))
    const stranger = stage.anonymous.get('/api/inventory/stats')
    await expectAnswer('GET /api/inventory/stats', 401, stranger)
  })

  it('of the photos of cars is what is stated', async () => {
    const { car, banner } = await saveCarPhoto(stage)
    const list = 'GET /api/inventory/photos'
    const ofCar = 'GET /api/inventory/{id}/photos'
    const zip = 'GET /api/inventory/{id}/photos.zip'
    const problems = 'GET /api/inventory/photo-problems'
    const shown = 'GET /api/inventory/banners/{filename}'
    const { anonymous } = stage
    const { body } = await expectAnswer(
      list,
      200,
      anonymous.get(`/api/inventory/photos?ids=${car}`),
    )
    expect(body.docs[0].photos[0].srcset.webp).toMatch(/ 65w$/)
    await expectAnswer(list, 400, anonymous.get('/api/inventory/photos?ids=x'))
    await expectAnswer(ofCar, 200, anonymous.get(`/api/inventory/${car}/photos`))
    await expectAnswer(ofCar, 404, anonymous.get(`/api/inventory/${NOBODY_HERE}/photos`))
    await expectAnswer(zip, 200, viewer.get(`/api/inventory/${car}/photos.zip`))
    await expectAnswer(zip, 404, viewer.get(`/api/inventory/${NOBODY_HERE}/photos.zip`))
    await expectAnswer(problems, 200, viewer.get('/api/inventory/photo-problems'))
    await expectAnswer(problems, 400, viewer.get('/api/inventory/photo-problems?car=x'))
    await expectAnswer(shown, 200, anonymous.get(`/api/inventory/banners/${banner}`))
    const earlier = banner.replace('0123456789ab', 'ba9876543210')
    await expectAnswer(shown, 302, anonymous.get(`/api/inventory/banners/${earlier}`))
    await expectAnswer(shown, 404, anonymous.get('/api/inventory/banners/none.jpg'))
  })

  it('of a change of several prices is what is stated', async () => {
    const car = await saveAccord(stage, { price: 24_500 })
    const path = '/api/inventory/price-batches'
    const [preview, apply, undo] = [
      `POST ${path}/preview`,
      `POST ${path}`,
      `POST ${path}/{id}/undo`,
    ]
    const change = { percent: -1 }
    const ask = (body: object, api = manager) => api.post(`${path}/preview`).send(body)
    const { body } = await expectAnswer(preview, 200, ask({ ids: [car.id], change }))
    const [{ id, oldPrice, newPrice }] = body.rows
    await expectAnswer(preview, 400, ask({ change }))
    await expectAnswer(preview, 403, ask({ ids: [car.id], change }, viewer))
    const rows = [{ id, oldPrice, newPrice }]
    const send = (sent: object, api = manager) => api.post(path).send(sent)
    const applied = await expectAnswer(apply, 201, send({ rows, change }))
    await expectAnswer(apply, 409, send({ rows, change }))
    await expectAnswer(apply, 400, send({ rows: [], change }))
    await expectAnswer(apply, 403, send({ rows, change }, viewer))
    const end = (batch: string, api = manager) => api.post(`${path}/${batch}/undo`)
    await expectAnswer(undo, 403, end(applied.body.id, viewer))
    await expectAnswer(undo, 200, end(applied.body.id))
    await expectAnswer(undo, 409, end(applied.body.id))
    await expectAnswer(undo, 404, end(NOBODY_HERE))
  })

  it('of the daily digest is what is stated', async () => {
    const path = '/api/market/digest'
    const settings = { active: true, sendHour: 7, timeZone: null, mutedUntilAt: null }
    const set = (about: object) => manager.put(path).send({ ...settings, ...about })
    await expectAnswer('GET /api/market/digest', 200, manager.get(path))
    await expectAnswer('GET /api/market/digest', 403, viewer.get(path))
    await expectAnswer('PUT /api/market/digest', 200, set({ timeZone: 'Asia/Tokyo' }))
    await expectAnswer('PUT /api/market/digest', 400, set({ sendHour: 24 }))
  })

  it('of the evaluation of a VIN is what is stated', async () => {
    const name = 'POST /api/vin-evaluation'
    const evaluate = (body: object) => viewer.post('/api/vin-evaluation').send(body)
    const vin = anyVin()
    stage.peer.vins.set(vin, {
      vin,
      make: 'Honda',
      model: 'Accord',
      trim: 'EX',
      vehicle: { vin, year: 2021 },
    })
    const { body } = await expectAnswer(name, 200, evaluate({ vin }))
    expect(body).toMatchObject({ cached: false, market: { sampleSize: 5 } })
    expect((await expectAnswer(name, 200, evaluate({ vin }))).body.cached).toBe(true)
    await expectAnswer(name, 400, evaluate({}))
    await expectAnswer(name, 404, evaluate({ vin: anyVin() }))
    stage.peer.next({ status: 403 })
    await expectAnswer(name, 502, evaluate({ vin: anyVin() }))
    stage.peer.next({ status: 429, headers: { 'retry-after': '1' } })
    expect(
      (await expectAnswer(name, 503, evaluate({ vin: anyVin() }))).headers['retry-after'],
    ).toBe('1')
  })

  it('of competitors and what they sell is what is stated', async () => {
    const about = {
      inventoryUrl: site.inventoryUrl,
      platformType: 'custom',
      scraperConfig: site.config,
    }
    const { id } = await saveCompetitor(stage, about)
    const [of, nobody] = [`/api/competitors/${id}`, `/api/competitors/${NOBODY_HERE}`]
    const testScrape = await expectAnswer(
      'POST /api/competitors/{id}/test',
      200,
      manager.post(`${of}/test`),
    )
    expect(testScrape.body).toMatchObject({ problem: null, found: 27 })
    site.mode('forbidden')
    const failed = await expectAnswer(
      'POST /api/competitors/{id}/test',
      200,
      manager.post(`${of}/test`),
    )
    expect(failed.body).toMatchObject({ problem: { type: 'blocked' } })
    site.mode('well')
    await expectAnswer('POST /api/competitors/{id}/test', 403, viewer.post(`${of}/test`))
    const queued = await expectAnswer(
      'POST /api/competitors/{id}/scrape',
      202,
      manager.post(`${of}/scrape`),
    )
    const idle = await saveCompetitor(stage, { name: 'Idle', active: false })
    await expectAnswer(
      'POST /api/competitors/{id}/scrape',
      409,
      manager.post(`/api/competitors/${idle.id}/scrape`),
    )
    await succeededAt(queued.body.jobId as string)
    const stock = await expectAnswer(
      'GET /api/competitors/{id}/inventory',
      200,
      viewer.get(`${of}/inventory?limit=100`),
    )
    expect(stock.body.docs).toHaveLength(30)
    const car = stock.body.docs.find(({ prices }: { prices: unknown[] }) => prices.length === 1)
      .id as string
    await expectAnswer(
      'GET /api/competitors/{id}/inventory',
      400,
      viewer.get(`${of}/inventory?limit=1000`),
    )
    const figures = await expectAnswer(
      'GET /api/competitors/{id}/metrics',
      200,
      viewer.get(`${of}/metrics`),
    )
    expect(figures.body.metrics).toHaveLength(1)
    await expectAnswer('GET /api/competitors/{id}/metrics', 404, viewer.get(`${nobody}/metrics`))
    const prices = 'GET /api/competitor-inventory/{id}/price-history'
    const past = await expectAnswer(
      prices,
      200,
      viewer.get(`/api/competitor-inventory/${car}/price-history`),
    )
    expect(past.body.prices).toHaveLength(1)
    await expectAnswer(
      prices,
      404,
      viewer.get(`/api/competitor-inventory/${NOBODY_HERE}/price-history`),
    )
  })

  it('of runs, and of what is decided about those in quarantine, is what is stated', async () => {
    const about = {
      name: 'Hillside',
      inventoryUrl: site.inventoryUrl,
      platformType: 'custom',
      scraperConfig: site.config,
    }
    const { id } = await saveCompetitor(stage, about)
    const of = `/api/competitors/${id}/runs`
    const insertRun = async (state: string) => {
      expect(await stage.run('scrape-competitor', { competitor: id })).toMatchObject({ state })
      const { body } = await expectAnswer('GET /api/competitors/{id}/runs', 200, viewer.get(of))
      expect(body.runs[0]).toMatchObject({ state })
      return `${of}/${body.runs[0].id}`
    }
    const [accept, discard] = ['accept', 'discard'].map(
      (action) => `POST /api/competitors/{id}/runs/{run}/${action}`,
    ) as [string, string]
    const applied = await insertRun('applied')
    await expectAnswer(accept, 409, manager.post(`${applied}/accept`))
    site.mode('shrunk')
    await expectAnswer(discard, 200, manager.post(`${await insertRun('quarantined')}/discard`))
    await expectAnswer(accept, 200, manager.post(`${await insertRun('quarantined')}/accept`))
    await expectAnswer(discard, 404, manager.post(`${of}/${NOBODY_HERE}/discard`))
    await expectAnswer(
      'GET /api/competitors/{id}/runs',
      404,
      viewer.get(`/api/competitors/${NOBODY_HERE}/runs`),
    )
  })

  it('of the feeds, and of a car in them, is what is stated', async () => {
    const [check, file] = ['GET /api/exports/{feed}/check', 'GET /api/exports/{feed}/file']
    const [read, write] = ['GET', 'PUT'].map((method, index) =>
      [`${method} /api/inventory/{id}/feeds`, '/{feed}'].slice(0, index + 1).join(''),
    ) as [string, string]
    const { id } = await saveAccord(stage)
    await expectAnswer(check, 200, viewer.get('/api/exports/google/check?limit=5'))
    await expectAnswer(check, 400, viewer.get('/api/exports/google/check?limit=0'))
    await expectAnswer(check, 404, viewer.get('/api/exports/craigslist/check'))
    await expectAnswer(file, 200, manager.get('/api/exports/google/file'))
    await expectAnswer(file, 403, viewer.get('/api/exports/google/file'))
    await expectAnswer(read, 200, viewer.get(`/api/inventory/${id}/feeds`))
    await expectAnswer(read, 404, viewer.get(`/api/inventory/${NOBODY_HERE}/feeds`))
    const override = { excluded: true, title: 'Ours', price: 19_999.5 }
    const put = (api: Api) => api.put(`/api/inventory/${id}/feeds/google`).send(override)
    await expectAnswer(write, 200, put(manager))
    await expectAnswer(write, 403, put(viewer))
  })

  it('of the delivery of feeds is what is stated', async () => {
    const { anonymous, payload, sql } = stage
    const feed = '/api/exports/google'
    const operation = (method: string, path: string) => `${method} /api/exports/{feed}/${path}`
    await expectAnswer(operation('GET', 'delivery'), 200, manager.get(`${feed}/delivery`))
    const [read, unknown] = [operation('GET', 'delivery'), '/api/exports/craigslist/delivery']
    await expectAnswer(read, 404, manager.get(unknown))
    await expectAnswer(operation('POST', 'test'), 403, viewer.post(`${feed}/test`))
    await expectAnswer(operation('POST', 'pull-key'), 403, viewer.post(`${feed}/pull-key`))
    await expectAnswer(operation('POST', 'deliver'), 409, manager.post(`${feed}/deliver`))
    await sql(`update export_feeds set enabled = true, delivery = 'pull' where feed = 'google'`)
    await expectAnswer(operation('POST', 'deliver'), 202, manager.post(`${feed}/deliver`))
    await expectAnswer(operation('POST', 'test'), 200, manager.post(`${feed}/test`))
    const save = (body: object) => manager.put(`${feed}/credentials`).send(body)
    await expectAnswer(operation('PUT', 'credentials'), 200, save({ password: 'open-sesame' }))
    await expectAnswer(operation('PUT', 'credentials'), 400, save({ password: 5 }))
    const key = manager.post(`${feed}/pull-key`)
    const { url } = (await expectAnswer(operation('POST', 'pull-key'), 201, key)).body
    const { pathname, search } = new URL(String(url))
    const fileKey = '00000000-0000-4000-8000-000000000001.gz'
    await getService(payload, 'storages').feeds.put(fileKey, gzipSync('cars'))
    const saveDelivery = async (state: string): Promise<string> => {
      const { rows } = await sql(
        `insert into feed_deliveries (feed, state, file_key, file_name, bytes, sha256, cars)
          values ('google', $1, $2, 'cars.xml', 4, 'a', 1) returning id`,
        [state, fileKey],
      )
      return String(rows[0]?.['id'])
    }
    await expectAnswer(operation('GET', 'pull'), 404, anonymous.get(pathname))
    await saveDelivery('delivered')
    await expectAnswer(operation('GET', 'pull'), 200, anonymous.get(`${pathname}${search}`))
    const file = 'GET /api/feed-deliveries/{id}/file'
    const held = await saveDelivery('held')
    await expectAnswer(file, 200, manager.get(`/api/feed-deliveries/${held}/file`))
    await expectAnswer(file, 404, manager.get(`/api/feed-deliveries/${NOBODY_HERE}/file`))
    for (const action of ['release', 'reject']) {
      const decided = `POST /api/feed-deliveries/{id}/${action}`
      const path = `/api/feed-deliveries/${await saveDelivery('held')}/${action}`
      await expectAnswer(decided, 200, manager.post(path))
      await expectAnswer(decided, 409, manager.post(path))
    }
    await sql('delete from feed_deliveries')
  })

  it('was asked of every operation of the rooms, and so was a refusal', async () => {
    const names = operations().map(formatOperationName).sort()
    expect([succeeded(), refused()]).toEqual([names, names])
    await expectStrangersRefused(operations(), stage.anonymous)
  })
})
