import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findChromium } from '../support/browser.ts'
import {
  type Hostile,
  type Kind,
  openDealerSite,
  type SiteOptions,
} from '../support/dealer-sites/index.ts'
import { simulateWorlds, type World } from '../support/dealer-sites/world.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aScraper, buildDay, type Scraper, saveCompetitor } from '../support/scrape-room.ts'
import {
  findGone,
  isNameless,
  loadOnSale,
  collectPrices,
  listShown,
  type Watched,
} from '../support/ten-days.ts'

const KINDS: readonly Kind[] = [
  'dealeron',
  'dealer-com',
  'dealer-inspire',
  'dealer-center',
  'dealersync',
  'schema-org',
  'custom',
]
const DAYS = 10

let forecourt: TestForecourt
let scraper: Scraper
let watched: Watched[] = []
let failing: Watched[] = []
let browsed: Watched | null = null

/** Opens a site of each kind. */
const openSites = async (seed: number, name: string, options: SiteOptions) => {
  const worlds = simulateWorlds({ seed, dealers: KINDS.length, cars: 26, days: DAYS })
  const sites = KINDS.map(async (kind, index) => {
    const world = worldOf(worlds, index)
    return {
      kind,
      world,
      site: await openDealerSite(kind, world, options),
      id: '',
      name: `${name} ${kind}`,
    }
  })
  return Promise.all(sites)
}

beforeAll(async () => {
  const [well, bad] = [
    await openSites(21, 'well', {}),
    await openSites(22, 'troubled', { pagination: 'load-more' }),
  ]
  const world = worldOf(simulateWorlds({ seed: 23, dealers: 1, cars: 26, days: DAYS }), 0)
  const inBrowser = {
    kind: 'custom' as const,
    world,
    site: await openDealerSite('custom', world, { pagination: 'load-more' }),
  }
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: [...well, ...bad, inBrowser].map(({ site }) => site.origin).join(','),
    SCRAPING_ALLOWED_GAP_MS: '0',
  })
  for (const one of [...well, ...bad]) {
    const { inventoryUrl, config: scraperConfig } = one.site
    const platformType = one.kind === 'custom' ? 'Custom' : null
    one.id = (
      await saveCompetitor(forecourt, { name: one.name, inventoryUrl, platformType, scraperConfig })
    ).id
  }
  const { inventoryUrl, config: scraperConfig } = inBrowser.site
  const about = {
    name: 'In a browser',
    inventoryUrl,
    platformType: 'Custom',
    scraperConfig,
    usePlaywright: true,
  }
  browsed = { ...inBrowser, id: (await saveCompetitor(forecourt, about)).id }
  ;[watched, failing] = [well, bad]
  scraper = await aScraper(forecourt)
})
afterAll(async () => {
  await scraper.stop()
  await forecourt.close()
  await Promise.all(
    [...watched, ...failing, ...(browsed ? [browsed] : [])].map(({ site }) => site.close()),
  )
})

const worldOf = (worlds: readonly World[], index: number): World =>
  worlds[index] ?? { days: [], happenings: [] }

/** What was asked for a car so far, in the order of its history. */
async function pricesOf({ id }: Watched, number: string): Promise<number[]> {
  const { rows } = await forecourt.sql(
    `select array_agg(history.price::float8 order by recorded_at) as prices
      from competitor_price_history history
     join competitor_inventory car on car.id = competitor_inventory_id where competitor_id = $1
       and stock_number = $2`,
    [id, number],
  )
  return (rows[0]?.prices ?? []) as number[]
}

describe('ten days of seven competitors, whose sites are made in seven ways', () => {
  it('are in the database as they were, after each day', async () => {
    for (let day = 1; day <= DAYS; day++) {
      scraper.clock.now = buildDay(day)
      for (const one of watched) {
        one.site.day(day)
        const { result, error } = await scraper.runScrape(one.id)
        expect([one.kind, day, error, result?.['state']]).toEqual([one.kind, day, null, 'applied'])
        expect([one.kind, day, await loadOnSale(forecourt, one.id)]).toEqual([
          one.kind,
          day,
          listShown(one),
        ])
      }
    }
  })

  it('have sold what two whole runs in a row did not find, since the first of them', async () => {
    for (const one of watched) {
      const { rows } = await forecourt.sql(
        'select stock_number, sold_at from competitor_inventory where competitor_id = $1 and ' +
          'is_sold',
        [one.id],
      )
      const gone = findGone(one, DAYS)
      const back = rows.filter(({ stock_number }) => !gone.has(stock_number as string))
      expect([
        one.kind,
        back.filter(({ stock_number }) => !isNameless(one, stock_number as string)),
      ]).toEqual([one.kind, []])
      for (const [number, day] of gone)
        expect(
          rows.find(
            ({ stock_number, sold_at }) => stock_number === number && +sold_at === +buildDay(day),
          ),
        ).toBeDefined()
    }
  })

  it('have every price that was asked once, in its order', async () => {
    for (const one of watched)
      for (const [number, prices] of collectPrices(one))
        expect([one.kind, number, await pricesOf(one, number)]).toEqual([one.kind, number, prices])
  })

  it('tell a car that moved to another competitor from one that was sold', async () => {
    const { rows } = await forecourt.sql(
      `select here.stock_number, there.stock_number as now from competitor_absences
        join competitor_inventory here on here.id = car_id
       join competitor_inventory there on there.vin = here.vin and there.competitor_id = moved_to
         where here.is_sold`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(
      rows.filter(({ stock_number, now }) => !String(now).endsWith(String(stock_number))),
    ).toEqual([])
  })

  it('leave figures of each day that equal those of the cars', async () => {
    for (const one of watched) {
      const { rows } = await forecourt.sql(
        `select total_inventory, avg_price::float8 as avg, (select count(*)::int
          from competitor_inventory car where not is_sold
           and car.competitor_id = $1) as cars, (select round(avg(price), 2)::float8
           from competitor_inventory car where not is_sold
           and car.competitor_id = $1) as price, count(*) over ()::int as days
         from competitor_metrics where competitor_id = $1 order by calculated_at desc limit 1`,
        [one.id],
      )
      expect(rows).toMatchObject([
        { total_inventory: rows[0].cars, avg: rows[0].price, days: DAYS },
      ])
    }
  })
})

/** The latest run of a competitor, and what its row says of it. */
const readLatest = async (one: Watched) => {
  const { rows } = await forecourt.sql(
    `select run.error_type, run.error, run.complete, scrape_error_type, scrape_error,
      last_successful_scrape_at as succeeded, run.unread
     from competitors join lateral (select * from scrape_runs where competitor_id = competitors.id
       order by started_at desc limit 1) run on true
     where competitors.id = $1`,
    [one.id],
  )
  return rows[0] as Record<string, unknown>
}

/** What is wrong with the sites on which day. */
const TROUBLES: Readonly<Record<number, Hostile>> = {
  3: 'malformed',
  4: 'nameless',
  5: 'bare',
  6: 'struck',
  7: 'stays',
}
/**
 * Kinds whose pages say how many cars there are, and those whose listings always name their car.
 */
const COUNTED: readonly Kind[] = ['dealeron', 'dealer-com', 'dealer-inspire', 'custom']

describe('ten days of seven competitors, whose sites are in trouble from day 3 to 7', () => {
  it('are named incomplete on the days on which cars were not read, and on no other', async () => {
    for (let day = 1; day <= DAYS; day++) {
      scraper.clock.now = buildDay(day)
      for (const one of failing) {
        one.site.day(day)
        one.site.mode(TROUBLES[day] ?? 'well')
        const before = day === 1 ? null : await readLatest(one)
        const { result, error } = await scraper.runScrape(one.id)
        expect([one.kind, day, error, result?.['state']]).toEqual([one.kind, day, null, 'applied'])
        const row = await readLatest(one)
        const { error_type, error: words, scrape_error_type, scrape_error } = row
        expect([one.kind, day, scrape_error_type, scrape_error]).toEqual([
          one.kind,
          day,
          error_type,
          words,
        ])
        const isShort = TROUBLES[day] === 'nameless'
        if (isShort)
          expect([one.kind, row['complete'], row['succeeded'], row['error_type']]).toEqual([
            one.kind,
            false,
            before?.['succeeded'],
            'incomplete',
          ])
        if (isShort && COUNTED.includes(one.kind))
          expect(row['error']).toMatch(
            /^The site reports \d+ cars, but only \d+ could be found\. \d+ listings could/,
          )
        const isCounted = TROUBLES[day] !== 'bare' || one.kind !== 'custom'
        if (!isShort && isCounted)
          expect([one.kind, day, row['complete'], row['error']]).toEqual([
            one.kind,
            day,
            true,
            null,
          ])
        if (TROUBLES[day] === 'malformed')
          expect([one.kind, row['unread']]).not.toEqual([one.kind, {}])
        if (!['malformed', 'nameless', 'bare'].includes(TROUBLES[day] ?? ''))
          expect([one.kind, day, await loadOnSale(forecourt, one.id)]).toEqual([
            one.kind,
            day,
            listShown(one),
          ])
      }
    }
  })

  it('have sold nothing that stands on their page, and asked no price that they never asked', async () => {
    for (const one of failing) {
      const { rows } = await forecourt.sql(
        'select stock_number, is_sold from competitor_inventory where competitor_id = $1',
        [one.id],
      )
      const gone = findGone(one, DAYS)
      const wrong = rows.filter(
        ({ stock_number, is_sold }) =>
          is_sold && !gone.has(stock_number as string) && !isNameless(one, stock_number as string),
      )
      expect([one.kind, wrong]).toEqual([one.kind, []])
      let kept = 0
      for (const [number, prices] of collectPrices(one)) {
        const history = await pricesOf(one, number)
        kept += Math.sign(history.length)
        expect([one.kind, number, history]).toEqual([
          one.kind,
          number,
          prices.filter((price) => history.includes(price)),
        ])
      }
      expect([one.kind, kept > 20]).toEqual([one.kind, true])
    }
  })
})

;(findChromium() ? describe : describe.skip)(
  'three days of a competitor that is read with a browser',
  () => {
    it(
      'are in the database as they were, though on the second one the button for more cars ' +
        'stays and brings none',
      async () => {
        if (!browsed) throw new Error('There is no competitor that is read with a browser.')
        for (const day of [6, 7, 8]) {
          scraper.clock.now = buildDay(day)
          browsed.site.day(day)
          browsed.site.mode(day === 7 ? 'stays' : 'well')
          const { result, error } = await scraper.runScrape(browsed.id)
          expect([day, error, result?.['state']]).toEqual([day, null, 'applied'])
          expect((await readLatest(browsed))['complete']).toBe(true)
          expect([day, await loadOnSale(forecourt, browsed.id)]).toEqual([day, listShown(browsed)])
        }
      },
      120_000,
    )
  },
)
