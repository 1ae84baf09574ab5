import type { DealerSite, Kind } from './dealer-sites/index.ts'
import type { World } from './dealer-sites/world.ts'
import type { TestForecourt } from './forecourt.ts'

/** A competitor that is read day by day, with what its site really has. */
export type Watched = { kind: Kind; site: DealerSite; world: World; id: string }

/**
 * What is on sale at a competitor, as the database has it; without those that only the last run
 * missed.
 */
export async function loadOnSale(forecourt: TestForecourt, competitor: string) {
  const { rows } = await forecourt.sql(
    `select vin, stock_number, price::float8 as price, mileage, make, model, trim, year
      from competitor_inventory
     left join competitor_absences on car_id = id where competitor_id = $1 and not is_sold
       and missed_runs is null order by stock_number`,
    [competitor],
  )
  return rows as Record<string, unknown>[]
}

/** What a site has, as `onSale` says it. */
export const listShown = ({ site }: Watched) =>
  site
    .expectedListings()
    .map(({ vin, stockNumber, priceCents, mileage, make, model, trim, year }) => ({
      vin,
      stock_number: stockNumber,
      price: priceCents === null ? null : priceCents / 100,
      mileage,
      make,
      model,
      trim,
      year,
    }))
    .toSorted((one, other) => String(one.stock_number).localeCompare(String(other.stock_number)))

/**
 * The stock numbers that two runs in a row or more have missed by a day, and that did not come
 * back.
 */
export function findGone({ world: { days } }: Watched, day: number): Map<string, number> {
  const gone = new Map<string, number>()
  const there = (at: number) => new Set(days[at - 1]?.map(({ stockNumber }) => stockNumber))
  for (let first = 2; first < day; first++)
    for (const number of there(first - 1))
      if (
        Array.from({ length: day - first + 1 }, (_, index) => first + index).every(
          (at) => !there(at).has(number),
        )
      )
        gone.set(number, first)
  return gone
}

/** A car without a VIN that came back is another row: nothing says that it is the same one. */
export const isNameless = ({ world }: Watched, number: string) =>
  world.days.flat().some((car) => car.stockNumber === number && car.vin === null)

/**
 * Each stock number with its prices, where they changed; of cars that were there each day since
 * they came.
 */
export function collectPrices({ world: { days, happenings } }: Watched): Map<string, number[]> {
  const listed = new Map<string, number[]>()
  const relisted = new Set(
    happenings.filter(({ what }) => what === 'relisted').map(({ stockNumber }) => stockNumber),
  )
  for (const { stockNumber, priceCents } of days.flat()) {
    if (priceCents === null || relisted.has(stockNumber)) continue
    const prices = listed.get(stockNumber) ?? []
    if (prices.at(-1) !== priceCents / 100) prices.push(priceCents / 100)
    listed.set(stockNumber, prices)
  }
  return listed
}
