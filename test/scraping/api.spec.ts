import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type {
  MetricsHistoryAnswer,
  PriceHistoryAnswer,
  ScrapeRunsAnswer,
  StockAnswer,
} from '../../plugins/scraping/endpoints/api-schemas.ts'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aScraper, buildDay, type Scraper, saveCompetitor } from '../support/scrape-room.ts'
import { openAuditLog } from '../support/audit-log.ts'

type Who = 'nobody' | 'owner' | 'garage admin' | 'viewer' | 'manager' | 'admin'

let forecourt: TestForecourt
let scraper: Scraper
let site: DealerSite
let apis: Record<Who, Api>
let id = ''

beforeAll(async () => {
  site = await openDealerSite('custom', simulateWorld({ seed: 9, cars: 30 }))
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: site.origin,
    SCRAPING_ALLOWED_GAP_MS: '0',
  })
  apis = {
    nobody: forecourt.anonymous,
    owner: (await forecourt.asOwner()).api,
    'garage admin': (await forecourt.asOwner('garage admin')).api,
    viewer: await forecourt.as('viewer'),
    manager: await forecourt.as('manager'),
    admin: await forecourt.as('admin'),
  }
  const about = {
    inventoryUrl: site.inventoryUrl,
    platformType: 'custom',
    scraperConfig: site.config,
  }
  ;({ id } = await saveCompetitor(forecourt, about))
})

afterAll(async () => {
  await (scraper as Scraper | undefined)?.stop()
  await forecourt.close()
  await site.close()
})

const NOBODY_HERE = '00000000-0000-4000-8000-000000000000'
const [READS, ACTS] = [
  { nobody: 401, owner: 403, 'garage admin': 403, viewer: 404, manager: 404, admin: 404 },
  { nobody: 401, owner: 403, 'garage admin': 403, viewer: 403, manager: 404, admin: 404 },
]

describe('the API of competitors', () => {
  it.each([
    ['get', `competitors/${NOBODY_HERE}/inventory`, READS],
    ['get', `competitors/${NOBODY_HERE}/metrics`, READS],
    ['get', `competitors/${NOBODY_HERE}/runs`, READS],
    ['get', `competitor-inventory/${NOBODY_HERE}/price-history`, READS],
    ['post', `competitors/${NOBODY_HERE}/scrape`, ACTS],
    ['post', `competitors/${NOBODY_HERE}/test`, ACTS],
    ['post', `competitors/${NOBODY_HERE}/runs/${NOBODY_HERE}/accept`, ACTS],
    ['post', `competitors/${NOBODY_HERE}/runs/${NOBODY_HERE}/discard`, ACTS],
    ['get', 'competitors/1/inventory', READS],
  ] as const)(
    'is read by staff, and acted on by who manages the lot: %s %s',
    async (method, path, expected) => {
      for (const [who, status] of Object.entries(expected)) {
        const answer = await apis[who as Who][method](`/api/${path}`)
        expect([who, answer.status]).toEqual([who, status])
      }
    },
  )

  it('tries a site out and saves nothing', async () => {
    const { body } = await apis.manager.post(`/api/competitors/${id}/test`).expect(200)
    expect(body).toMatchObject({
      problem: null,
      platform: 'Custom',
      pages: 3,
      found: 27,
      announced: 30,
    })
    expect(body.rows[0]).toMatchObject({
      vin: site.expectedListings()[0]?.vin,
      price: (site.expectedListings()[0]?.priceCents ?? 0) / 100,
    })
    expect(body.sources).toMatchObject({
      title: expect.stringContaining('h2'),
      stockNumber: expect.stringContaining('.stock b'),
    })
    expect(body.warnings).toContain('Only the first pages were read; the site reports 30 cars.')
    const { rows } = await forecourt.sql(
      'select (select count(*)::int from competitor_inventory) + count(*)::int as rows from ' +
        'scrape_runs',
    )
    expect(rows).toEqual([{ rows: 0 }])
    expect(await openAuditLog(forecourt).activity("action = 'test_scrape'")).toMatchObject([
      { resource_type: 'competitors', resource_id: id },
    ])
  })

  it('says what is wrong when a test scrape reads nothing', async () => {
    site.mode('forbidden')
    const { body } = await apis.manager.post(`/api/competitors/${id}/test`).expect(200)
    site.mode('well')
    expect(body).toMatchObject({ problem: { type: 'blocked' }, rows: [], found: 0 })
  })

  it('queues one run at a time, and none of a competitor that is not watched', async () => {
    const [one, other] = [
      await apis.manager.post(`/api/competitors/${id}/scrape`).expect(202),
      await apis.admin.post(`/api/competitors/${id}/scrape`).expect(202),
    ]
    expect(other.body.jobId).toBe(one.body.jobId)
    const idle = await saveCompetitor(forecourt, { name: 'Idle', active: false })
    const refused = await apis.manager.post(`/api/competitors/${idle.id}/scrape`).expect(409)
    expect(refused.body.errors[0].message).toBe('Idle is not active. Turn on Active first.')
    expect(await openAuditLog(forecourt).activity("action = 'scrape_competitor'")).toMatchObject([
      { resource_id: id },
      { resource_id: id },
    ])
    scraper = await aScraper(forecourt, buildDay(1))
    await scraper.runScrape(id)
  })

  it('answers the stock with its prices, the figures, and the runs', async () => {
    const answered = async (path: string) =>
      (await apis.viewer.get(`/api/${path}`).expect(200)).body as unknown
    const stock = (await answered(`competitors/${id}/inventory?limit=10&page=3`)) as StockAnswer
    expect([stock.total, stock.docs.length]).toEqual([30, 10])
    const priced = stock.docs.find(({ price }) => price !== null)
    expect(priced).toMatchObject({
      isSold: false,
      missingSince: null,
      movedTo: null,
      prices: [{ price: priced?.price }],
    })
    const history = (await answered(
      `competitor-inventory/${priced?.id}/price-history`,
    )) as PriceHistoryAnswer
    expect(history.prices).toMatchObject([
      { price: priced?.price, minPrice: priced?.price, recordedAt: buildDay(1).toISOString() },
    ])
    const figures = (await answered(`competitors/${id}/metrics?days=3650`)) as MetricsHistoryAnswer
    expect(figures.metrics).toMatchObject([
      { totalInventory: 30, vehiclesSold30d: 0, newListings30d: 0 },
    ])
    const { runs } = (await answered(`competitors/${id}/runs`)) as ScrapeRunsAnswer
    expect(runs).toMatchObject([
      { state: 'applied', complete: true, found: 30, pages: 4, changes: { new: 30 } },
    ])
    await apis.viewer.get(`/api/competitors/${id}/inventory?limit=1000`).expect(400)
  })
})

describe('a run in quarantine', () => {
  const quarantined = async (day: number) => {
    scraper.clock.now = buildDay(day)
    site.mode('shrunk')
    await scraper.runScrape(id)
    const { body } = await apis.viewer.get(`/api/competitors/${id}/runs`).expect(200)
    expect(body.runs[0]).toMatchObject({
      state: 'quarantined',
      errorType: 'quarantined',
      found: 12,
    })
    return `/api/competitors/${id}/runs/${body.runs[0].id}`
  }
  const missing = async () =>
    (
      await forecourt.sql(
        'select count(*)::int as cars from competitor_absences where missed_runs = 1',
      )
    ).rows[0].cars

  it('is put out of date by the next one', async () => {
    const first = await quarantined(2)
    await quarantined(3)
    await apis.manager.post(`${first}/accept`).expect(409)
  })

  it('is forgotten when a manager discards it', async () => {
    const run = await quarantined(4)
    await apis.manager.post(`${run}/discard`).expect(200)
    await apis.manager.post(`${run}/accept`).expect(409)
    expect(await missing()).toBe(0)
    expect(await openAuditLog(forecourt).activity("action = 'discard_scrape'")).toHaveLength(1)
  })

  it(
    'is the truth once a manager accepts it, as of its own end, and the next one is compared ' +
      'with it',
    async () => {
      const run = await quarantined(5)
      const { body } = await apis.manager.post(`${run}/accept`).expect(200)
      expect(body.changes).toMatchObject({ new: 0, sold: 0 })
      expect(await missing()).toBe(18)
      scraper.clock.now = buildDay(6)
      expect((await scraper.runScrape(id)).result).toMatchObject({ state: 'applied', sold: 18 })
      const { rows } = await forecourt.sql(
        'select distinct sold_at from competitor_inventory where is_sold',
      )
      expect(rows).toEqual([{ sold_at: buildDay(5) }])
      expect(await openAuditLog(forecourt).activity("action = 'accept_scrape'")).toHaveLength(1)
    },
  )
})

describe('a competitor', () => {
  it.each(['dealer.com', 'DDC', ' DealerOn', 'schema.org'])(
    'takes a platform however it is written: %s',
    async (platformType) => {
      await apis.manager
        .patch(`/api/competitors/${id}`)
        .send({ platformType, scraperConfig: {} })
        .expect(200)
    },
  )

  it('takes no platform that there is none of, and no special settings that do not serve', async () => {
    const { body } = await apis.manager
      .patch(`/api/competitors/${id}`)
      .send({ platformType: 'Wix' })
      .expect(400)
    expect(JSON.stringify(body)).toContain('must be one of DealerOn, Dealer.com')
    const config = { platformType: 'Custom', scraperConfig: { listing: '.car' } }
    const refused = await apis.manager.patch(`/api/competitors/${id}`).send(config).expect(400)
    expect(JSON.stringify(refused.body)).toContain('do not describe how to read this site')
  })
})
