import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../src/api/openapi/operations.ts'
import { anyVin } from '../support/builders.ts'
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

  it('was asked of every operation of the rooms, and so was a refusal', async () => {
    const names = operations().map(formatOperationName).sort()
    expect([succeeded(), refused()]).toEqual([names, names])
    await expectStrangersRefused(operations(), stage.anonymous)
  })
})
