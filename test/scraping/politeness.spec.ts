import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DealerSite, openDealerSite, type SiteRequest } from '../support/dealer-sites/index.ts'
import { getCarsOn, simulateWorld } from '../support/dealer-sites/world.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aScraper, buildDay, type Scraper, saveCompetitor } from '../support/scrape-room.ts'

const world = simulateWorld({ seed: 9, cars: 40, days: 3 })
/**
 * Seconds that the slow site asks for in its robots.txt; the settings of these tests ask for none.
 */
const DELAY = 1.5

let slow: DealerSite
let tagged: DealerSite
let forecourt: TestForecourt
let scraper: Scraper

beforeAll(async () => {
  slow = await openDealerSite('dealer-center', world, { crawlDelay: DELAY, perPage: 14 })
  tagged = await openDealerSite('dealer-center', world, { etag: true, perPage: 10 })
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: [slow, tagged].map(({ origin }) => origin).join(','),
    SCRAPING_ALLOWED_GAP_MS: '0',
  })
  scraper = await aScraper(forecourt)
})

afterAll(async () => {
  await scraper.stop()
  await forecourt.close()
  await Promise.all([slow, tagged].map((site) => site.close()))
})

const competitorAt = async ({ inventoryUrl }: DealerSite, name: string) =>
  (await saveCompetitor(forecourt, { name, inventoryUrl })).id

const stockOf = async (competitor: string) => {
  const { rows } = await forecourt.sql(
    `select stock_number, price::float8 as price, last_seen_at from competitor_inventory left
      join competitor_absences on car_id = id
     where competitor_id = $1 and not is_sold and missed_runs is null order by stock_number`,
    [competitor],
  )
  return rows as { stock_number: string; price: number | null; last_seen_at: Date }[]
}

describe('a site that asks for a Crawl-delay', () => {
  it('is left alone for as long after every answer, by two runs at once, from its robots.txt on', async () => {
    const both = await Promise.all([competitorAt(slow, 'One'), competitorAt(slow, 'Another')])
    const [one, other] = await Promise.all(both.map((id) => scraper.runScrape(id)))
    expect([one?.result, other?.result]).toMatchObject([{ found: 40 }, { found: 40 }])
    expect(slow.requests.length).toBeGreaterThanOrEqual(7)
    expect(slow.maxInFlight()).toBe(1)
    expect(Math.min(...gapsOf(slow.requests))).toBeGreaterThanOrEqual(DELAY * 1000)
  })
})

/** Milliseconds from the end of each answer to the next request. */
const gapsOf = (requests: readonly SiteRequest[]) =>
  requests.slice(1).map(({ at }, index) => at - (requests[index]?.endedAt ?? Infinity))

describe('a site that says whether its pages changed', () => {
  it('is asked only that, and what it said before is true of today', async () => {
    const id = await competitorAt(tagged, 'Tagged')
    await scraper.runScrape(id)
    const first = pages(tagged)
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200]))
    tagged.resetLog()
    scraper.clock.now = buildDay(2)
    expect((await scraper.runScrape(id)).result).toMatchObject({
      state: 'applied',
      found: 40,
      new: 0,
      sold: 0,
      repriced: 0,
    })
    expect(pages(tagged).map(({ path, status }) => [path, status])).toEqual(
      first.map(({ path }) => [path, 304]),
    )
    expect(
      new Set((await stockOf(id)).map(({ last_seen_at }) => last_seen_at.toISOString())),
    ).toEqual(new Set([buildDay(2).toISOString()]))
  })

  it('is read again where they did', async () => {
    const id = await competitorAt(tagged, 'Tagged again')
    await scraper.runScrape(id)
    tagged.day(3)
    tagged.resetLog()
    scraper.clock.now = buildDay(3)
    expect((await scraper.runScrape(id)).result).toMatchObject({ state: 'applied' })
    expect(
      pages(tagged).some(({ status, headers }) => status === 200 && headers['if-none-match']),
    ).toBe(true)
    const shown = getCarsOn(world, 3).map(({ stockNumber, priceCents }) => [
      stockNumber,
      priceCents && priceCents / 100,
    ])
    const found = (await stockOf(id)).map(({ stock_number, price }) => [stock_number, price])
    expect(new Map(found as [string, number][])).toEqual(new Map(shown as [string, number][]))
  })
})

const pages = ({ requests }: DealerSite) => requests.filter(({ path }) => path !== '/robots.txt')
