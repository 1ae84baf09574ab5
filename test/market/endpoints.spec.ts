import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Api } from '../support/forecourt.ts'
import { getService } from '../../src/services.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import { openAuditLog } from '../support/audit-log.ts'
import { waitUntil } from '../support/work.ts'

let stage: MarketStage
let viewer: Api
let manager: Api
beforeAll(async () => {
  stage = await openMarket()
  viewer = await stage.as('viewer')
  manager = await stage.as('manager')
})
afterAll(() => stage.close())

const marketOf = async (car: { id: string }, query = '') =>
  (await viewer.get(`/api/inventory/${car.id}/market${query}`).expect(200)).body

async function analysed(price: number, ...dollars: number[]) {
  stage.offerCars(...dollars)
  const car = await saveAccord(stage, { price })
  await stage.analyzeCar(car)
  return car
}

describe('the market of a car', () => {
  it('is nothing before its first analysis', async () => {
    const car = await saveAccord(stage)
    expect(await marketOf(car, '?price=20000')).toEqual({
      car: {
        id: car.id,
        title: car.title,
        status: 'available',
        trim: null,
        price: 24_500,
        mileage: 30_000,
        daysOnMarket: 0,
      },
      analysis: null,
      history: [],
      whatIf: {
        price: 20_000,
        recommendation: 'insufficient_data',
        confidence: 'none',
        priceToMarket: null,
        rank: null,
        explanation:
          'No cars like this one are for sale; at least 5 are needed to estimate the market price.',
      },
      bands: { inLinePercent: 3, farPercent: 7 },
    })
  })

  it('is nothing where an analysis does not say when it was made', async () => {
    const car = await saveAccord(stage)
    await stage.sql(
      `insert into market_research_results (inventory_id, data_source) values ($1, 'by hand')`,
      [car.id],
    )
    expect((await marketOf(car)).analysis).toBeNull()
  })

  it('is where its price stands among the others, drawn in bins, with what was left out', async () => {
    const car = await analysed(
      23_000,
      19_000,
      19_400,
      19_500,
      20_000,
      20_500,
      20_600,
      21_000,
      60_000,
    )
    const { analysis, history, whatIf } = await marketOf(car)
    expect(analysis).toMatchObject({
      source: 'auto.dev',
      recommendation: 'high',
      confidence: 'low',
      priceToMarket: 115,
      rank: { position: 8, of: 8 },
      tier: 'all trims, same year, within 20,000 miles',
      interval: { low: 19_000, high: 21_000, level: 90, method: 'single_car' },
      figures: {
        sampleSize: 7,
        outliers: 1,
        medianPrice: 20_000,
        minPrice: 19_000,
        maxPrice: 21_000,
        expectedPrice: 20_000,
        firstQuartilePrice: 19_450,
        thirdQuartilePrice: 20_550,
        dollarsPer1000Miles: 0,
        dollarsPerYear: 0,
      },
      searched: { tier: 'all_trims', make: 'Honda', supply: 8 },
    })
    expect(
      analysis.comparables.map(({ price, outlier }: { price: number; outlier: boolean }) => [
        price,
        outlier,
      ]),
    ).toEqual([
      ...[19_000, 19_400, 19_500, 20_000, 20_500, 20_600, 21_000].map((price) => [price, false]),
      [60_000, true],
    ])
    expect(
      analysis.distribution.reduce((sum: number, { cars }: { cars: number }) => sum + cars, 0),
    ).toBe(7)
    expect(analysis.comparables[0]).toMatchObject({
      drivetrain: null,
      engine: null,
      isNew: false,
      listedAt: expect.any(String),
      seenAt: null,
    })
    expect(history).toMatchObject([
      { ourPrice: 23_000, medianMarketPrice: 20_000, minMarketPrice: 19_000, sampleSize: 7 },
    ])
    expect(whatIf).toBeNull()
  })

  it('comes with a suggested price for each goal, and what it would do to the rank', async () => {
    stage.offerCars(19_000, 19_500, 20_000, 20_500, 21_000)
    const car = await saveAccord(stage, { price: 23_000, trim: 'EX', cost: 19_600 })
    await stage.analyzeCar(car)
    const read = async (api: Api) =>
      (await api.get(`/api/inventory/${car.id}/market`).expect(200)).body.analysis
    const analysis = await read(manager)
    expect(analysis).toMatchObject({
      tier: 'same trim, same year, within 20,000 miles',
      interval: { method: 'order_statistics' },
      advice: {
        goal: 'market',
        fast: {
          price: 19_600,
          belowCost: false,
          sentence: expect.stringContaining('Our cost is $19,600'),
        },
        market: { price: 20_000, low: 19_600, high: 20_600, rank: { position: 3, of: 6 } },
        margin: { price: 20_500, priceToMarket: 102.5, rank: { position: 4, of: 6 } },
      },
    })
    const { advice: forViewers } = await read(viewer)
    expect(forViewers.fast.price).toBe(19_500)
    expect(JSON.stringify(forViewers)).not.toContain('19,600')
  })

  it('of an analysis by an older version is that of all trims', async () => {
    const car = await analysed(20_000, 19_000, 19_500, 20_000, 20_500, 21_000)
    await stage.sql(
      `update market_research_results set search_parameters = '{"tier": "exact"}'
       where inventory_id = $1`,
      [car.id],
    )
    expect((await marketOf(car)).analysis).toMatchObject({
      tier: null,
      recommendation: 'competitive',
      interval: { method: 'single_car' },
    })
  })

  it('has no distances, and says why, where nobody said where the lot is', async () => {
    const { analysis } = await marketOf(
      await analysed(23_000, 19_000, 19_500, 20_000, 20_500, 21_000),
    )
    expect(analysis.distanceProblem).toContain('set MARKET_LATITUDE and MARKET_LONGITUDE')
    expect(analysis.comparables[0]).toMatchObject({ daysOnMarket: 0, distanceMiles: null })
  })

  it('is judged at the price that it has now, and at another one that is asked about', async () => {
    const car = await analysed(23_000, 19_000, 19_500, 20_000, 20_500, 21_000)
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 20_200 }).expect(200)
    const { analysis, history, whatIf } = await marketOf(car, '?price=17999.99')
    expect(analysis).toMatchObject({
      recommendation: 'competitive',
      priceToMarket: 101,
      rank: { position: 4, of: 6 },
    })
    expect(whatIf).toMatchObject({
      price: 17_999.99,
      recommendation: 'low',
      priceToMarket: 90,
      rank: { position: 1, of: 6 },
    })
    expect(
      history.map((point: { ourPrice: number; sampleSize: number }) => [
        point.ourPrice,
        point.sampleSize,
      ]),
    ).toEqual([
      [23_000, 5],
      [20_200, null],
    ])
  })

  it.each(['0', '-1', '1e3', 'abc', '1.234', '999999999', ''])(
    'does not take the price "%s"',
    async (price) => {
      const car = await saveAccord(stage)
      await viewer.get(`/api/inventory/${car.id}/market?price=${price}`).expect(400)
    },
  )

  it('is for staff alone, and of a car that is there', async () => {
    const car = await saveAccord(stage)
    const { api: owner } = await stage.asOwner('garage admin')
    await stage.anonymous.get(`/api/inventory/${car.id}/market`).expect(401)
    await owner.get(`/api/inventory/${car.id}/market`).expect(403)
    for (const id of ['00000000-0000-4000-8000-000000000000', 'x', "'%20or%201=1"])
      await viewer.get(`/api/inventory/${id}/market`).expect(404)
  })
})

describe('analysing a car by hand', () => {
  it('is for managers, once at a time, and leaves a line in the audit log', async () => {
    const car = await saveAccord(stage)
    const path = `/api/inventory/${car.id}/analyse`
    await stage.anonymous.post(path).expect(401)
    await viewer.post(path).expect(403)
    stage.peer.always('silent')
    const [first, second] = [
      await manager.post(path).expect(202),
      await manager.post(path).expect(202),
    ]
    expect(first.body).toEqual({
      jobId: expect.any(String),
      message: `The market analysis of ${car.title} is queued.`,
    })
    expect(second.body.jobId).toBe(first.body.jobId)
    const lines = await openAuditLog(stage).activity(
      "changes -> 'fields' -> 'jobId' ->> 'to' = $1",
      [first.body.jobId],
    )
    expect(lines).toMatchObject([{ action: 'run_job' }, { action: 'run_job' }])
    stage.peer.always(null)
  })

  it(
    'starts a try at once that waits after a failure, which the market of the car tells of ' +
      'until then',
    async () => {
      const car = await saveAccord(stage)
      stage.peer.always({ status: 500 })
      await stage.analyzeCar(car)
      stage.peer.always(null)
      const { analysis, lastTry } = await marketOf(car)
      expect([analysis, lastTry]).toEqual([
        null,
        {
          state: 'waiting',
          failedAt: expect.any(String),
          nextTryAt: expect.any(String),
          error: expect.stringMatching(/^auto\.dev responded with 500/),
        },
      ])
      expect(
        Date.parse(lastTry.nextTryAt as string) - Date.parse(lastTry.failedAt as string),
      ).toBeGreaterThan(20_000)
      stage.offerCars(19_000, 19_500, 20_000, 20_500, 21_000)
      await manager.post(`/api/inventory/${car.id}/analyse`).expect(202)
      await waitUntil(async () => (await marketOf(car)).analysis !== null, 'the analysis')
      expect(await marketOf(car)).not.toHaveProperty('lastTry')
    },
  )

  it('says of a try that was given up that it was', async () => {
    const car = await saveAccord(stage)
    stage.peer.always({ status: 401 })
    await stage.analyzeCar(car)
    stage.peer.always(null)
    expect((await marketOf(car)).lastTry).toMatchObject({
      state: 'failed',
      nextTryAt: null,
      error: expect.stringMatching(/AUTODEV_API_KEY/),
    })
  })

  it('says when the next try starts after one that was given up, and starts it at once on request', async () => {
    const car = await saveAccord(stage)
    stage.peer.always({ status: 401 })
    await stage.analyzeCar(car)
    stage.peer.always(null)
    stage.offerCars(19_000, 19_500, 20_000, 20_500, 21_000)
    const queue = getService(stage.payload, 'jobs')
    const input = { car: car.id }
    await queue.enqueue({ payload: stage.payload }, 'analyse-vehicle', input, { after: 3_600 })
    expect((await marketOf(car)).lastTry).toMatchObject({
      state: 'waiting',
      nextTryAt: expect.any(String),
      error: expect.stringMatching(/AUTODEV_API_KEY/),
    })
    await manager.post(`/api/inventory/${car.id}/analyse`).expect(202)
    await waitUntil(async () => (await marketOf(car)).analysis !== null, 'the analysis')
    expect(await marketOf(car)).not.toHaveProperty('lastTry')
  })

  it('is refused for a car that is sold, or that is not there', async () => {
    const sold = await saveAccord(stage, { status: 'sold' })
    await manager.post(`/api/inventory/${sold.id}/analyse`).expect(409)
    await manager.post('/api/inventory/00000000-0000-4000-8000-000000000000/analyse').expect(404)
  })
})

describe('the overview', () => {
  it('counts the available cars by where they stand at their current price, the furthest off first', async () => {
    await stage.sql('delete from inventory')
    const MARKET = [19_000, 19_500, 20_000, 20_500, 21_000]
    const [dear, dearer] = [await analysed(20_601, ...MARKET), await analysed(30_000, ...MARKET)]
    const cheap = await analysed(18_599, ...MARKET)
    const [upper, lower] = [await analysed(20_600, ...MARKET), await analysed(19_400, ...MARKET)]
    const [bare, thin] = [await saveAccord(stage), await analysed(20_000, 19_000)]
    const sold = await analysed(90_000, ...MARKET)
    await manager.patch(`/api/inventory/${sold.id}`).send({ status: 'sold' }).expect(200)
    await stage.sql(
      "update market_research_results set last_analyzed_at = now() - interval '8 days' where " +
        'inventory_id = $1',
      [lower.id],
    )
    const { body } = await viewer.get('/api/market/overview').expect(200)
    const ids = (group: { cars: { id: string }[] }) => group.cars.map(({ id }) => id)
    expect(body).toMatchObject({
      available: 7,
      competitive: 2,
      overpriced: { count: 2 },
      underpriced: { count: 1 },
      noData: { count: 2 },
      bands: { inLinePercent: 3, farPercent: 7 },
    })
    const recommendations = [...body.overpriced.cars, ...body.underpriced.cars].map(
      ({ recommendation }: { recommendation: string }) => recommendation,
    )
    expect(recommendations).toEqual(['high', 'slightly_high', 'low'])
    expect([ids(body.overpriced), ids(body.underpriced), ids(body.stale)]).toEqual([
      [dearer.id, dear.id],
      [cheap.id],
      [lower.id],
    ])
    expect(ids(body.noData)).toEqual([bare.id, thin.id])
    expect(body.overpriced.cars[0]).toMatchObject({
      title: dearer.title,
      price: 30_000,
      expectedPrice: 20_000,
      priceToMarket: 150,
      sampleSize: 5,
    })
    await manager.patch(`/api/inventory/${upper.id}`).send({ price: 40_000 }).expect(200)
    const again = (await viewer.get('/api/market/overview?limit=1').expect(200)).body
    expect([again.overpriced.count, ids(again.overpriced)]).toEqual([3, [upper.id]])
  })

  it('is for staff alone, and takes a limit of 1 to 100', async () => {
    await stage.anonymous.get('/api/market/overview').expect(401)
    for (const limit of ['0', '101', 'all', '1.5'])
      await viewer.get(`/api/market/overview?limit=${limit}`).expect(400)
  })
})
