import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type DealerSite,
  type Hostile,
  openDealerSite,
  type SiteOptions,
} from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { waitUntil } from '../support/work.ts'
import { aScraper, buildDay, type Scraper, saveCompetitor } from '../support/scrape-room.ts'

let forecourt: TestForecourt
let scraper: Scraper
const sites: DealerSite[] = []
const spare: DealerSite[] = []
const world = simulateWorld({ seed: 5, cars: 50 })

beforeAll(async () => {
  for (let number = 0; number < 24; number++)
    spare.push(await openDealerSite('dealer-center', world, OPTIONS[number] ?? {}))
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: spare.map(({ origin }) => origin).join(','),
    SCRAPING_ALLOWED_GAP_MS: '0',
  })
  scraper = await aScraper(forecourt)
})

afterAll(async () => {
  await scraper.stop()
  await forecourt.close()
  await Promise.all([...sites, ...spare].map((site) => site.close()))
})

beforeEach(() => void (scraper.clock.now = buildDay(1)))

/** Sites of options of their own; the others have none. */
const OPTIONS: Record<number, SiteOptions> = {
  0: { robots: 'User-agent: *\nDisallow: /', crawlDelay: 0 },
  1: { robotsStatus: 503 },
  2: { robotsStatus: 403 },
  3: { robots: 'User-agent: Forecourt\nDisallow: /private\n\nUser-agent: *\nDisallow: /' },
}

type Stage = { site: DealerSite; id: string }

/** A competitor that was read whole on day 1. */
async function known(site = spare.pop()): Promise<Stage> {
  if (!site) throw new Error('There are no more sites; open more of them.')
  sites.push(site)
  const { id } = await saveCompetitor(forecourt, {
    name: site.origin,
    inventoryUrl: site.inventoryUrl,
  })
  const { result } = await scraper.runScrape(id)
  expect(result).toMatchObject({ state: 'applied', found: site.expectedListings().length })
  return { site, id }
}

/** Reads a competitor on a day whose site is as it is said. */
async function readOn(day: number, { site, id }: Stage, mode: Hostile) {
  scraper.clock.now = buildDay(day)
  site.mode(mode)
  return scraper.runScrape(id)
}

const stockOf = async ({ id }: Stage) =>
  (
    await forecourt.sql(
      `select stock_number, price, is_sold, missed_runs from competitor_inventory left
        join competitor_absences on car_id = id
       where competitor_id = $1 order by stock_number`,
      [id],
    )
  ).rows as Record<string, unknown>[]

const healthOf = async ({ id }: Stage) =>
  (
    await forecourt.sql(
      'select scrape_error_type as type, scrape_error as words, last_scraped_at, ' +
        'last_successful_scrape_at from competitors where id = $1',
      [id],
    )
  ).rows[0] as {
    type: string | null
    words: string
    last_scraped_at: Date
    last_successful_scrape_at: Date
  }

describe('a run that goes wrong', () => {
  const wrong: [Hostile, string, RegExp][] = [
    ['forbidden', 'blocked', /denies access to \/.* \(403\)/],
    ['garbage', 'parse', /platform of .* is unknown/],
    ['empty', 'no_vehicles', /No cars were found/],
    ['half', 'network', /responded with 500/],
    ['inward', 'network', /has no address on the public internet/],
    ['huge', 'parse', /larger than 5000000 bytes/],
    ['prices moved', 'quarantined', /prices changed or disappeared/],
    ['shrunk', 'quarantined', /fewer than half/],
  ]
  it.each(wrong)('says so and changes nothing, twice in a row: %s', async (mode, type, words) => {
    const stage = await known()
    const before = await stockOf(stage)
    for (const day of [2, 3, 4]) await readOn(day, stage, mode)
    expect(await stockOf(stage)).toEqual(before)
    const health = await healthOf(stage)
    expect([health.type, health.words]).toEqual([type, expect.stringMatching(words)])
    expect([health.last_scraped_at, health.last_successful_scrape_at]).toEqual([
      buildDay(4),
      buildDay(1),
    ])
    await readOn(5, stage, 'well')
    expect(await healthOf(stage)).toMatchObject({
      type: null,
      words: null,
      last_successful_scrape_at: buildDay(5),
    })
    expect(await stockOf(stage)).toEqual(before)
  })

  it.each(['truncated', 'endless'] as const)(
    'takes nothing for sold, whatever it still found: %s',
    async (mode) => {
      const stage = await known()
      for (const day of [2, 3, 4]) await readOn(day, stage, mode)
      expect(
        (await stockOf(stage)).filter(({ is_sold, missed_runs }) => is_sold || missed_runs),
      ).toEqual([])
      expect((await healthOf(stage)).type).toMatch(/^(parse|incomplete)$/)
    },
  )

  it('between two whole runs does not count as one of them', async () => {
    const stage = await known()
    stage.site.day(2)
    await readOn(2, stage, 'well')
    const missing = (await stockOf(stage)).filter(({ missed_runs }) => missed_runs === 1)
    expect(missing.length).toBeGreaterThan(0)
    await readOn(3, stage, 'forbidden')
    expect((await stockOf(stage)).filter(({ is_sold }) => is_sold)).toEqual([])
    await readOn(4, stage, 'well')
    expect((await stockOf(stage)).filter(({ is_sold }) => is_sold).length).toBe(missing.length)
  })

  it(
    'comes to nothing when the set-up is changed meanwhile, and the next one reads by the new ' +
      'one',
    async () => {
      const stage = await known()
      const before = await stockOf(stage)
      stage.site.resetLog()
      stage.site.busy(1, 2)
      scraper.clock.now = buildDay(2)
      const run = scraper.runScrape(stage.id)
      await waitUntil(() => stage.site.requests.length > 0, 'the site is asked')
      const inventoryUrl = `${stage.site.inventoryUrl}?shown=all`
      await forecourt.payload.update({
        collection: 'competitors',
        id: stage.id,
        data: { inventoryUrl },
        overrideAccess: true,
      })
      expect((await run).error).toContain('setup was changed during the run')
      expect([await healthOf(stage), await stockOf(stage)]).toMatchObject([
        { type: 'incomplete' },
        before,
      ])
      expect((await scraper.runScrape(stage.id)).result).toMatchObject({ state: 'applied' })
    },
  )

  it('is tried again where the site was only busy, as long after as it asked', async () => {
    const stage = await known()
    stage.site.resetLog()
    stage.site.busy(2, 2)
    scraper.clock.now = buildDay(2)
    expect((await scraper.runScrape(stage.id)).result).toMatchObject({ state: 'applied' })
    const [first, second, third] = stage.site.requests
    const gap = (one = first, next = second) => ((next?.at ?? 0) - (one?.endedAt ?? 0)) / 1000
    expect([gap(), gap(second, third)].every((seconds) => seconds >= 2)).toBe(true)
    expect(await healthOf(stage)).toMatchObject({ type: null })
  })
})

describe('a site whose robots.txt', () => {
  const readFirst = async (site: DealerSite | undefined) => {
    const { id } = await saveCompetitor(forecourt, {
      name: site?.origin ?? '',
      inventoryUrl: site?.inventoryUrl ?? '',
    })
    await scraper.runScrape(id)
    const requested = site?.requests.map(({ path, headers }) => [path, headers['user-agent']]) ?? []
    return { type: (await healthOf({ id, site: site as DealerSite })).type, asked: requested }
  }
  const NAME = expect.stringMatching(/^Forecourt\/1\.0 \(\+http:\/\/localhost:3000\)$/)

  it('asks programs to stay away is not read', async () => {
    expect(await readFirst(spare[0])).toEqual({ type: 'robots', asked: [['/robots.txt', NAME]] })
  })

  it('cannot be said (503) is not read', async () => {
    expect(await readFirst(spare[1])).toEqual({ type: 'robots', asked: [['/robots.txt', NAME]] })
  })

  it('is not there (403) is read', async () => {
    const { type, asked: requests } = await readFirst(spare[2])
    expect([type, requests.length > 1]).toEqual([null, true])
  })

  it('speaks to us by name is heard', async () => {
    expect(await readFirst(spare[3])).toMatchObject({ type: null })
  })
})
