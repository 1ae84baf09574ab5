import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PEER_KEY, buildPeerListing } from '../support/auto-dev-peer.ts'
import { anyVin } from '../support/builders.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'

let stage: MarketStage
let now = new Date()
beforeAll(async () => {
  stage = await openMarket({ MARKET_ZIP: '64055', MARKET_RADIUS_MILES: '120' }, () => now)
})
afterAll(() => stage.close())

const resultsOf = async (car: { id: string }) =>
  (await stage.sql('select * from market_research_results where inventory_id = $1', [car.id])).rows
const historyOf = async (car: { id: string }) =>
  (
    await stage.sql(
      'select our_price, median_market_price, min_market_price, sample_size from ' +
        'market_price_history where inventory_id = $1 order by recorded_at',
      [car.id],
    )
  ).rows

describe('the analysis of a car', () => {
  it('keeps what the market asks, whom it compared, and what it looked for', async () => {
    stage.offerCars(22_000, 23_000, 24_000, 25_000, 26_000, 26_500)
    const car = await saveAccord(stage, { price: 29_900 })
    expect((await stage.analyzeCar(car))?.result).toEqual({
      source: 'auto.dev',
      recommendation: 'high',
      sampleSize: 6,
      tier: 'all_trims',
      alerts: 0,
    })
    const [row, ...others] = await resultsOf(car)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      median_price: '24500.00',
      min_price: '22000.00',
      max_price: '26500.00',
      sample_size: 6,
      price_recommendation: 'high',
      data_source: 'auto.dev',
      last_analyzed_at: now,
    })
    expect(row.comparable_vehicles).toHaveLength(6)
    expect(row.comparable_vehicles[0]).toMatchObject({
      price: 22_000,
      mileage: 30_000,
      dealer: 'Northside Motors',
      outlier: false,
    })
    expect(row.search_parameters).toMatchObject({
      tier: 'all_trims',
      make: 'Honda',
      model: 'Accord',
      fromYear: 2021,
      toYear: 2021,
      fromMiles: 10_000,
      toMiles: 50_000,
      zip: '64055',
      radiusMiles: 120,
      outliers: 0,
      listings: 6,
      complete: true,
      supply: 6,
      expectedPrice: 24_500,
      firstQuartile: 23_250,
      thirdQuartile: 25_750,
      intervalLow: 22_000,
      intervalHigh: 26_500,
      ourPrice: 29_900,
      confidence: 'low',
      priceToMarket: 122,
      explanation: expect.stringContaining('the price is high for the market'),
    })
    expect(await historyOf(car)).toEqual([
      {
        our_price: '29900.00',
        median_market_price: '24500.00',
        min_market_price: '22000.00',
        sample_size: 6,
      },
    ])
  })

  it('replaces the one of the same day, and stands beside those of other days', async () => {
    const car = await saveAccord(stage)
    for (const prices of [[20_000], [21_000], [22_000]]) {
      stage.offerCars(...Array<number>(5).fill(prices[0] ?? 0))
      await stage.analyzeCar(car)
    }
    expect((await historyOf(car)).map(({ median_market_price: median }) => median)).toEqual([
      '22000.00',
    ])
    now = new Date(now.getTime() + 86_400_000)
    await stage.analyzeCar(car)
    expect(await historyOf(car)).toHaveLength(2)
    expect(await resultsOf(car)).toMatchObject([
      { median_price: '22000.00', last_analyzed_at: now },
    ])
  })

  it('without data says so, and leaves no line in the history', async () => {
    const car = await saveAccord(stage)
    stage.offerCars()
    expect((await stage.analyzeCar(car))?.result).toMatchObject({
      recommendation: 'insufficient_data',
      sampleSize: 0,
    })
    expect(await resultsOf(car)).toMatchObject([
      { median_price: null, sample_size: 0, price_recommendation: 'insufficient_data' },
    ])
    stage.offerCars(20_000, 21_000, 22_000, 23_000)
    expect((await stage.analyzeCar(car))?.result).toMatchObject({
      recommendation: 'insufficient_data',
      sampleSize: 4,
    })
    expect(await resultsOf(car)).toMatchObject([
      { median_price: '21500.00', sample_size: 4, price_recommendation: 'insufficient_data' },
    ])
    expect(await historyOf(car)).toEqual([])
  })

  it('looks further while it finds too few, and no further than it must', async () => {
    const car = await saveAccord(stage, { mileage: 60_000 })
    stage.offerCars(20_000, 20_200)
    stage.peer.listings.push(
      ...[1, 2, 3].map((at) =>
        buildPeerListing(`1HGCV1F30MA90000${at}`, 20_000 + 40 * at, { miles: 120_000 }),
      ),
    )
    expect((await stage.analyzeCar(car))?.result).toMatchObject({
      tier: 'all_trims_more_miles',
      sampleSize: 5,
    })
    stage.peer.listings.splice(4)
    stage.peer.listings.push(
      ...[4, 5].map((at) =>
        buildPeerListing(`1HGCV1F30MA90000${at}`, 20_000 + 40 * at, { vehicle: { year: 2020 } }),
      ),
    )
    expect((await stage.analyzeCar(car))?.result).toMatchObject({
      tier: 'all_trims_adjacent_years',
      sampleSize: 6,
    })
  })

  it('compares the trims first, by the table of their names, and says how', async () => {
    await stage.sql(
      `insert into market_trim_names (make, model, listed_as, trim)
       values ('HONDA', 'Accord', 'EX Special Edition', 'EX')`,
    )
    stage.offerCars(22_000, 22_200, 22_400, 22_600)
    const offer = (price: number, trim: string) =>
      stage.peer.listings.push(buildPeerListing(anyVin(), price, { vehicle: { trim } }))
    offer(22_800, 'EX special edition')
    for (const price of [30_000, 31_000, 32_000, 33_000, 34_000]) offer(price, 'Touring')
    const car = await saveAccord(stage, { trim: 'EX Sedan 4D', price: 22_500 })
    const before = stage.peer.requests.length
    expect((await stage.analyzeCar(car))?.result).toMatchObject({
      tier: 'same_trim',
      sampleSize: 5,
      recommendation: 'competitive',
    })
    expect(stage.peer.requests.length - before).toBe(1)
    const [row] = await resultsOf(car)
    expect(row.search_parameters).toMatchObject({
      leftOut: { trim: 5 },
      explanation: expect.stringContaining('(same trim, same year, within 20,000 miles)'),
    })
    await stage.sql('delete from market_trim_names')
  })

  it('asks three times at most, and falls back to all trims where ours is rare', async () => {
    stage.offerCars(22_000, 22_200, 22_400, 22_600, 22_800)
    const car = await saveAccord(stage, { trim: 'Touring', price: 30_000 })
    const before = stage.peer.requests.length
    expect((await stage.analyzeCar(car))?.result).toMatchObject({ tier: 'all_trims' })
    expect(stage.peer.requests.length - before).toBe(3)
  })

  it('compares a used car with used ones, however long these have been listed', async () => {
    stage.peer.listings.length = 0
    for (const [index, price] of [20_000, 20_200, 20_400, 20_600, 20_800].entries()) {
      const createdAt = new Date(now.getTime() - (100 + index) * 86_400_000).toISOString()
      stage.peer.listings.push(buildPeerListing(anyVin(), price, { createdAt }))
      const newCar = buildPeerListing(anyVin(), 30_000, { createdAt })
      stage.peer.listings.push({
        ...newCar,
        retailListing: { price: 30_000, miles: 12_000, used: false } as never,
      })
    }
    const car = await saveAccord(stage, { trim: 'EX', price: 20_400 })
    expect((await stage.analyzeCar(car))?.result).toMatchObject({ sampleSize: 5 })
    expect((await resultsOf(car))[0].search_parameters.leftOut).toMatchObject({
      condition: 5,
      old: 0,
    })
  })

  it('never compares a car with those of our own lot, available or sold', async () => {
    const car = await saveAccord(stage)
    const own = [await saveAccord(stage), await saveAccord(stage, { status: 'sold' })]
    stage.offerCars(20_000, 21_000, 22_000, 23_000, 24_000)
    stage.peer.listings.push(...[car, ...own].map(({ vin }) => buildPeerListing(vin, 10_000)))
    expect((await stage.analyzeCar(car))?.result).toMatchObject({ sampleSize: 5 })
    expect((await resultsOf(car))[0]).toMatchObject({
      min_price: '20000.00',
      search_parameters: { leftOut: { own: 3 } },
    })
  })

  it('compares a branded title with branded ones alone', async () => {
    stage.offerCars(20_000, 21_000, 22_000, 23_000, 24_000)
    stage.peer.listings.push(
      ...[1, 2, 3, 4, 5].map((at) =>
        buildPeerListing(`1HGCV1F30MA80000${at}`, 9_000 + at, { history: { brandedTitle: true } }),
      ),
    )
    const clean = await saveAccord(stage, { titleStatus: 'Clean' })
    const rebuilt = await saveAccord(stage, { titleStatus: 'Rebuilt' })
    await stage.analyzeCar(clean)
    await stage.analyzeCar(rebuilt)
    expect([
      (await resultsOf(clean))[0]?.min_price,
      (await resultsOf(rebuilt))[0]?.max_price,
    ]).toEqual(['20000.00', '9005.00'])
  })

  it('leaves a sold car alone, and gives up on one that is not there', async () => {
    const requested = stage.peer.requests.length
    expect((await stage.analyzeCar(await saveAccord(stage, { status: 'sold' })))?.result).toEqual({
      skipped: 'It is sold.',
    })
    const gone = await stage.analyzeCar({
      ...(await saveAccord(stage)),
      id: '00000000-0000-4000-8000-000000000000',
    })
    expect(gone).toMatchObject({
      status: 'failure',
      dead: true,
      error: expect.stringContaining('There is no car'),
    })
    expect(stage.peer.requests.length).toBe(requested)
  })
})

describe('a source in trouble', () => {
  it.each([
    [
      { status: 402, body: { currentPlan: 'Starter', requiredPlan: 'Growth' } },
      true,
      'which requires the Growth plan',
    ],
    [{ status: 401 }, true, 'AUTODEV_API_KEY'],
    [{ status: 500 }, false, 'responded with 500'],
    ['cut', false, 'request to auto.dev failed'],
  ] as const)('that answers %j: its job is given up: %j', async (canned, dead, words) => {
    const car = await saveAccord(stage)
    stage.peer.next(canned)
    const run = await stage.analyzeCar(car)
    expect(run).toMatchObject({ status: 'failure', dead, error: expect.stringContaining(words) })
    expect(run?.error).not.toContain(PEER_KEY)
    expect(await resultsOf(car)).toEqual([])
  })
})

describe('a source that wants to be left alone', () => {
  it('is, by every run that comes meanwhile, and none of them makes it longer', async () => {
    const until = async () =>
      (await stage.sql('select paused_until from request_slots')).rows[0]?.paused_until as Date
    stage.peer.next({ status: 429, headers: { 'retry-after': '600' } })
    const first = await stage.analyzeCar(await saveAccord(stage))
    expect(first).toMatchObject({
      status: 'failure',
      dead: false,
      error: expect.stringContaining('RetryLater'),
    })
    expect(
      (first?.next_attempt_at?.getTime() ?? 0) - (first?.completed_at?.getTime() ?? 0),
    ).toBeGreaterThanOrEqual(600_000 - 1_000)
    const [requests, paused] = [stage.peer.requests.length, await until()]
    for (let runs = 0; runs < 3; runs++)
      expect(await stage.analyzeCar(await saveAccord(stage))).toMatchObject({
        status: 'failure',
        dead: false,
      })
    expect(stage.peer.requests.length).toBe(requests)
    expect(await until()).toEqual(paused)
    await stage.sql('delete from request_slots')
  })
})

describe('a price that changes', () => {
  it('leaves the analysis of the same day at the price before', async () => {
    const car = await saveAccord(stage, { price: 24_500 })
    stage.offerCars(20_000, 21_000, 22_000, 23_000, 24_000)
    await stage.analyzeCar(car)
    await (
      await stage.as('manager')
    )
      .patch(`/api/inventory/${car.id}`)
      .send({ price: 23_000 })
      .expect(200)
    await stage.analyzeCar(car)
    await stage.analyzeCar(car)
    const points = (await historyOf(car)).map(
      ({ our_price: price, sample_size: cars }) => `${price} ${cars}`,
    )
    expect(points.sort()).toEqual(['23000.00 5', '24500.00 5'])
  })
})
