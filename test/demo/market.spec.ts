import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolveScrapingSettings, getScrapingOptions } from '../../plugins/scraping/options.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { demoCars } from '../../src/demo/demo-cars.ts'
import { loadDemo, unloadDemo } from '../../src/demo/load.ts'
import { demoDealers } from '../../src/demo/market/dealers.ts'
import { buildDemoScraping, loadDemoMarket } from '../../src/demo/market/load.ts'
import { getInventoryPath, openDemoSite } from '../../src/demo/market/site.ts'
import {
  buildDealerCars,
  type DealerCar,
  DAYS,
  listShownCars,
} from '../../src/demo/market/stock.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { waitUntil } from '../support/work.ts'

const NOW = new Date()
const DAY_MS = 86_400_000
const LAST_DAY = DAYS - 1
const cars = buildDealerCars()

const computeDay = (day: number) => new Date(NOW.getTime() - (LAST_DAY - day) * DAY_MS)

let forecourt: TestForecourt
let loaded: boolean[] = []
beforeAll(async () => {
  forecourt = await openForecourt()
  const { payload, sql } = forecourt
  await payload.create({
    collection: 'market-alert-rules',
    data: {
      name: 'Too dear',
      alertType: 'overpriced',
      thresholdPercent: 10,
      thresholdDays: 60,
      cooldownHours: 24,
      active: true,
    },
    overrideAccess: true,
  })
  await loadDemo(payload, NOW)
  const stopped = new AbortController()
  const stopping = load(stopped.signal)
  await waitUntil(
    async () => (await sql(`select from scrape_runs where state = 'applied'`)).rowCount === 6,
    'six runs are over',
  )
  stopped.abort()
  loaded = [await stopping, await load(), await load()]
})
afterAll(() => forecourt.close())

const load = (signal = new AbortController().signal) =>
  loadDemoMarket(forecourt.payload, forecourt.settings, {
    now: NOW,
    print: () => undefined,
    signal,
  })

/** The prices of a car while it was on the lot. */
const listPrices = ({ prices }: DealerCar) => prices.map(({ dollars }) => dollars)

const compareNames = (one: { vin: string }, other: { vin: string }) =>
  one.vin.localeCompare(other.vin)

describe('the generated stock', () => {
  it('is the same every time', () => {
    expect(buildDealerCars()).toEqual(cars)
  })

  it('has VINs of its own', () => {
    const vins = new Set([...cars, ...demoCars].map(({ vin }) => vin))
    expect(vins.size).toBe(cars.length + demoCars.length)
  })

  it('has six cars or more like ours for a third of our cars and more', () => {
    const shown = demoDealers.flatMap(({ name }) => listShownCars(cars, name, LAST_DAY))
    const compared = demoCars.filter(
      (ours) =>
        shown.filter(
          (car) =>
            car.year === ours.year &&
            car.make === ours.make &&
            car.model === ours.model &&
            ours.trim?.startsWith(car.trim) === true &&
            Math.abs(car.mileage - ours.mileage) <= 20_000,
        ).length >= 6,
    )
    expect(compared.length * 3).toBeGreaterThanOrEqual(demoCars.length)
  })

  it('has several trims, arrivals, sales and new prices of every dealer', () => {
    for (const { name } of demoDealers) {
      const own = cars.filter(({ dealer }) => dealer === name)
      expect(own.filter(({ arrives }) => arrives > 0).length).toBeGreaterThan(10)
      expect(own.filter(({ leaves }) => leaves < DAYS).length).toBeGreaterThan(10)
      expect(own.filter(({ prices }) => prices.length > 1).length).toBeGreaterThan(50)
    }
    const trims = cars.filter(({ model }) => model === 'F-150').map(({ trim }) => trim)
    expect(new Set(trims).size).toBeGreaterThan(3)
  })
})

describe('loading the market of the demo', () => {
  it('starts over after a stop, and happens once', () => {
    expect(loaded).toEqual([false, true, false])
  })

  it('reads exactly what the pages of the last day show', async () => {
    const { rows } = await forecourt.sql(
      `select name, vin, price::float8 as dollars, trim, mileage
        from competitor_inventory car join competitors on competitors.id = competitor_id
        where not is_sold`,
    )
    const shown = demoDealers.flatMap(({ name: dealer, row: { name } }) =>
      listShownCars(cars, dealer, LAST_DAY).map(({ vin, dollars, trim, mileage }) => ({
        name,
        vin,
        dollars,
        trim,
        mileage,
      })),
    )
    expect((rows as { vin: string }[]).toSorted(compareNames)).toEqual(shown.toSorted(compareNames))
  })

  it('knows each car that was sold, and on which day it was gone', async () => {
    const { rows } = await forecourt.sql(
      'select vin, sold_at as at from competitor_inventory where is_sold order by vin',
    )
    const sold = cars
      .filter(({ leaves }) => leaves < DAYS)
      .map(({ vin, leaves }) => ({ vin, at: computeDay(leaves) }))
    expect(rows).toEqual(sold.toSorted(compareNames))
  })

  it('keeps every price that a car had', async () => {
    const { rows } = await forecourt.sql(
      `select vin, array_agg(past.price::float8 order by recorded_at) as prices
        from competitor_price_history past
        join competitor_inventory car on car.id = competitor_inventory_id
        group by vin order by vin`,
    )
    const planned = cars.map((car) => ({ vin: car.vin, prices: listPrices(car) }))
    expect(rows).toEqual(planned.toSorted(compareNames))
  })

  it('shows our cars as priced high, low and in line, and too few cars for others', async () => {
    const viewer = await forecourt.as('viewer')
    const { body } = await viewer.get('/api/market/overview').expect(200)
    expect(body).toMatchObject({
      competitive: expect.any(Number) as unknown,
      overpriced: { count: expect.any(Number) as unknown },
      underpriced: { count: expect.any(Number) as unknown },
      stale: { count: 0 },
    })
    const { competitive, overpriced, underpriced, noData } = body as {
      competitive: number
      overpriced: { count: number }
      underpriced: { count: number }
      noData: { count: number }
    }
    const counts = [competitive, overpriced.count, underpriced.count, noData.count]
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
  })

  it('has a history of the market prices of our cars, and alerts of that time', async () => {
    const { rows } = await forecourt.sql(
      `select count(distinct inventory_id)::int as cars, min(recorded_at) as first,
          max(recorded_at) as last
        from market_price_history where median_market_price is not null`,
    )
    const [history] = rows as { cars: number; first: Date; last: Date }[]
    expect(history?.cars).toBeGreaterThanOrEqual(demoCars.length / 3)
    expect(history?.first.getTime()).toBeLessThan(NOW.getTime() - 20 * DAY_MS)
    expect(history?.last).toEqual(NOW)
    const { rowCount } = await forecourt.sql(
      `select from market_alerts where alert_type = 'overpriced' and raised_at <= $1`,
      [NOW],
    )
    expect(rowCount).toBeGreaterThan(0)
  })

  it('fills the screens of both competitors', async () => {
    const viewer = await forecourt.as('viewer')
    const { body } = await viewer.get('/api/competitors?sort=name').expect(200)
    const { docs } = body as { docs: { id: string; name: string }[] }
    expect(docs).toMatchObject(
      demoDealers.map(({ row: { name } }) => ({
        name,
        active: false,
        notes: expect.stringMatching(/^Demo data\./),
        scrapeError: null,
      })),
    )
    for (const { id } of docs) {
      const path = `/api/competitors/${id}`
      const stock = await viewer.get(`${path}/inventory?sold=true`).expect(200)
      expect(stock.body).toMatchObject({
        docs: expect.arrayContaining([expect.anything()]) as unknown,
      })
      const metrics = await viewer.get(`${path}/metrics?days=31`).expect(200)
      expect((metrics.body as { metrics: object[] }).metrics).toHaveLength(DAYS)
      const runs = await viewer.get(`${path}/runs`).expect(200)
      expect(JSON.stringify(runs.body)).not.toContain('failed')
    }
  })
})

describe('the site of the demo dealers', () => {
  it('is out of reach for the scraper of the product', async () => {
    const site = await openDemoSite()
    const settings = resolveScrapingSettings(getScrapingOptions(forecourt.settings))
    await expect(
      fetchPage(settings, `${site.origin}${getInventoryPath('lakeside')}`),
    ).rejects.toThrow('no address on the public internet')
    await site.close()
  })

  it('is the only origin that the scraper of the demo may reach', async () => {
    const [site, other] = [await openDemoSite(), await openDemoSite()]
    const settings = buildDemoScraping(forecourt.settings, site.origin)
    const path = getInventoryPath('lakeside')
    expect(await fetchPage(settings, `${site.origin}${path}`)).toMatchObject({
      page: { status: 200 },
    })
    for (const origin of [other.origin, site.origin.replace('127.0.0.1', 'localhost')])
      await expect(fetchPage(settings, `${origin}${path}`)).rejects.toThrow(
        'no address on the public internet',
      )
    await Promise.all([site.close(), other.close()])
  })
})

async function fetchPage(settings: ReturnType<typeof buildDemoScraping>, url: string) {
  const { pool } = getPostgresAdapter(forecourt.payload)
  const fetcher = await settings.openFetcher(pool, { usePlaywright: false, scraperConfig: {} })
  try {
    return await fetcher.fetch({ url }, null, new AbortController().signal)
  } finally {
    await fetcher.close()
  }
}

describe('removing the demo', () => {
  it('removes its competitors and alerts with everything that was recorded', async () => {
    expect(await unloadDemo(forecourt.payload)).toMatchObject({ competitors: demoDealers.length })
    const tables = [
      'competitors',
      'competitor_inventory',
      'competitor_absences',
      'competitor_metrics',
      'competitor_price_history',
      'scrape_runs',
      'scrape_requests',
      'market_alerts',
      'market_sightings',
      'market_price_history',
      'market_research_results',
    ]
    for (const table of tables) {
      const { rowCount } = await forecourt.sql(`select from ${table}`)
      expect([table, rowCount]).toEqual([table, 0])
    }
    expect(await load()).toBe(false)
  })
})
