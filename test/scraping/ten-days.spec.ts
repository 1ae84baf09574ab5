import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DealerSite, type Kind, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorlds, type World } from '../support/dealer-sites/world.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aScraper, dayOf, type Scraper, saveCompetitor } from '../support/scrape-room.ts'

const KINDS: readonly Kind[] = ['dealeron', 'dealer-com', 'dealer-inspire', 'dealer-center', 'dealersync', 'schema-org', 'custom']
const DAYS = 10

type Watched = { kind: Kind; site: DealerSite; world: World; id: string }

let forecourt: TestForecourt
let scraper: Scraper
let watched: Watched[] = []

beforeAll(async () => {
  const worlds = simulateWorlds({ seed: 21, dealers: KINDS.length, cars: 26, days: DAYS })
  const sites = await Promise.all(KINDS.map((kind, index) => openDealerSite(kind, worldOf(worlds, index))))
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: sites.map(({ origin }) => origin).join(','),
    SCRAPING_ALLOWED_GAP_MS: '0',
  })
  for (const [index, kind] of KINDS.entries()) {
    const site = sites[index] as DealerSite
    const { id } = await saveCompetitor(forecourt, {
      name: kind,
      inventoryUrl: site.inventoryUrl,
      platformType: kind === 'custom' ? 'Custom' : null,
      scraperConfig: site.config,
    })
    watched.push({ kind, site, world: worldOf(worlds, index), id })
  }
  scraper = await aScraper(forecourt)
})

afterAll(async () => {
  await scraper.stop()
  await forecourt.close()
  await Promise.all(watched.map(({ site }) => site.close()))
  watched = []
})

const worldOf = (worlds: readonly World[], index: number): World => worlds[index] ?? { days: [], happenings: [] }

/** What is on sale at a competitor, as the database has it; without those that only the last run missed. */
async function onSale(competitor: string) {
  const { rows } = await forecourt.sql(
    `select vin, stock_number, price::float8 as price, mileage, make, model, trim, year from competitor_inventory
     left join competitor_absences on car_id = id where competitor_id = $1 and not is_sold and missed_runs is null order by stock_number`,
    [competitor],
  )
  return rows as Record<string, unknown>[]
}

const shown = ({ site }: Watched) =>
  site
    .truth()
    .map(({ vin, stockNumber, priceCents, mileage, make, model, trim, year }) => ({
      ...{
        vin,
        stock_number: stockNumber,
        price: priceCents === null ? null : priceCents / 100,
        mileage,
        make,
        model,
        trim,
        year,
      },
    }))
    .toSorted((one, other) => String(one.stock_number).localeCompare(String(other.stock_number)))

/** The stock numbers that two runs in a row or more have missed by a day, and that did not come back. */
function goneBy({ world: { days } }: Watched, day: number): Map<string, number> {
  const gone = new Map<string, number>()
  const there = (at: number) => new Set(days[at - 1]?.map(({ stockNumber }) => stockNumber))
  for (let first = 2; first < day; first++)
    for (const number of there(first - 1))
      if (Array.from({ length: day - first + 1 }, (_, index) => first + index).every((at) => !there(at).has(number)))
        gone.set(number, first)
  return gone
}

describe('ten days of seven competitors, whose sites are made in seven ways', () => {
  it('are in the database as they were, after each day', async () => {
    for (let day = 1; day <= DAYS; day++) {
      scraper.clock.now = dayOf(day)
      for (const one of watched) {
        one.site.day(day)
        const { result, error } = await scraper.read(one.id)
        expect([one.kind, day, error, result?.['state']]).toEqual([one.kind, day, null, 'applied'])
        expect([one.kind, day, await onSale(one.id)]).toEqual([one.kind, day, shown(one)])
      }
    }
  })

  it('have sold what two whole runs in a row did not find, since the first of them', async () => {
    for (const one of watched) {
      const { rows } = await forecourt.sql(
        'select stock_number, sold_at from competitor_inventory where competitor_id = $1 and is_sold',
        [one.id],
      )
      const gone = goneBy(one, DAYS)
      const back = rows.filter(({ stock_number }) => !gone.has(stock_number as string))
      expect([one.kind, back.filter(({ stock_number }) => !isNameless(one, stock_number as string))]).toEqual([one.kind, []])
      for (const [number, day] of gone)
        expect(rows.find(({ stock_number, sold_at }) => stock_number === number && +sold_at === +dayOf(day))).toBeDefined()
    }
  })

  it('have every price that was asked once, in its order', async () => {
    for (const one of watched)
      for (const [number, asked] of pricesAsked(one)) {
        const { rows } = await forecourt.sql(
          `select array_agg(history.price::float8 order by recorded_at) as prices from competitor_price_history history
           join competitor_inventory car on car.id = competitor_inventory_id where competitor_id = $1 and stock_number = $2`,
          [one.id, number],
        )
        expect([one.kind, number, rows[0]?.prices ?? []]).toEqual([one.kind, number, asked])
      }
  })

  it('tell a car that moved to another competitor from one that was sold', async () => {
    const { rows } = await forecourt.sql(
      `select here.stock_number, there.stock_number as now from competitor_absences join competitor_inventory here on here.id = car_id
       join competitor_inventory there on there.vin = here.vin and there.competitor_id = moved_to where here.is_sold`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ stock_number, now }) => !String(now).endsWith(String(stock_number)))).toEqual([])
  })

  it('leave figures of each day that equal those of the cars', async () => {
    for (const one of watched) {
      const { rows } = await forecourt.sql(
        `select total_inventory, avg_price::float8 as avg, (select count(*)::int from competitor_inventory car where not is_sold
           and car.competitor_id = $1) as cars, (select round(avg(price), 2)::float8 from competitor_inventory car where not is_sold
           and car.competitor_id = $1) as price, count(*) over ()::int as days
         from competitor_metrics where competitor_id = $1 order by calculated_at desc limit 1`,
        [one.id],
      )
      expect(rows).toMatchObject([{ total_inventory: rows[0].cars, avg: rows[0].price, days: DAYS }])
    }
  })
})

/** A car without a VIN that came back is another row: nothing says that it is the same one. */
const isNameless = ({ world }: Watched, number: string) =>
  world.days.flat().some((car) => car.stockNumber === number && car.vin === null)

/** Each stock number with its prices, where they changed; of cars that were there each day since they came. */
function pricesAsked({ world: { days, happenings } }: Watched): Map<string, number[]> {
  const asked = new Map<string, number[]>()
  const away = new Set(happenings.filter(({ what }) => what === 'relisted').map(({ stockNumber }) => stockNumber))
  for (const { stockNumber, priceCents } of days.flat()) {
    if (priceCents === null || away.has(stockNumber)) continue
    const prices = asked.get(stockNumber) ?? []
    if (prices.at(-1) !== priceCents / 100) prices.push(priceCents / 100)
    asked.set(stockNumber, prices)
  }
  return asked
}
