import { expect, it } from '@jest/globals'
import { selectComparables } from '../../plugins/market/domain/comparables.ts'
import { computeFigures } from '../../plugins/market/domain/figures.ts'
import type { Listing } from '../../plugins/market/domain/listing.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import { withClient, getTestServer } from '../support/databases.ts'
import { aListing, buildOwnCar } from '../support/market.ts'

const MARKETS = 1_000
const OWN = 'OWN00000000000001'

/**
 * The same figures, computed by PostgreSQL from the listings as they came: who is compared, the
 * lowest price of a VIN, three MAD, Theil and Sen's slope, medians by percentile_cont. It shares no
 * line with the product.
 */
const COMPUTED = `
  with said as (select * from json_to_recordset($1)
      as l(market int, vin text, year int, model text, cents float8, miles float8, branded
        boolean)),
  branded as (select distinct market, vin from said where branded),
  listing as (select said.* from said left join branded b using (market, vin)
    where b.vin is null and year = 2021 and lower(model) = 'accord' and cents > 0
      and miles between 10000 and 50000 and vin <> '${OWN}'),
  car as (select distinct on (market, vin) market, vin, cents, miles from listing
    order by market, vin, cents, miles),
  middle as (select market, percentile_cont(0.5) within group (order by cents) as m from car
    group by market),
  spread as (select market, m, percentile_cont(0.5) within group (order by abs(cents - m)) as mad
    from car join middle using (market) group by market, m),
  kept as (select car.* from car join spread using (market) where mad = 0
    or abs(cents - m) <= 3 * mad),
  slope as (select a.market, least(0, percentile_cont(0.5) within group (order by (a.cents -
    b.cents) / (a.miles - b.miles))) as s
    from kept a join kept b on a.market = b.market and a.vin < b.vin and a.miles <> b.miles
      group by a.market),
  counted as (select market, count(*)::int as n from kept group by market),
  found as (select market, count(*)::int as of from car group by market)
  select market, n, of - n as outliers,
    round(percentile_cont(0.5) within group (order by cents)::numeric)::float8 as median, min(cents)
      as min, max(cents) as max,
    greatest(1, round(percentile_cont(0.5) within group (order by cents + case when n >= 8
      then coalesce(s, 0) else 0 end * (30000 - miles))::numeric))::float8 as expected
  from kept join counted using (market) join found using (market) left join slope using (market)
    group by market, n, of order by market`

/**
 * A number from 0 up to 1 that follows from a seed, so that the markets are the same ones every
 * time.
 */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

/**
 * From no listing to sixty: some of them twice, without a price, our own, branded, of another model
 * or year, some far off.
 */
function generated(market: number): Listing[] {
  const next = chance(market + 1)
  const centre = 800_000 + Math.floor(next() * 5_000_000)
  return Array.from({ length: Math.floor(next() * 61) }, (_, index) => {
    const miles = Math.floor(next() * 60_000)
    const factor = next() < 0.05 ? 1 + next() * 4 : 1
    const cents = Math.round((centre * (0.85 + next() * 0.3) - miles * 8) * factor)
    return aListing({
      vin: next() < 0.03 ? OWN : `VIN${String(Math.floor(next() * 90)).padStart(14, '0')}`,
      key: String(index),
      year: next() < 0.05 ? 2020 : 2021,
      model: next() < 0.05 ? 'Civic' : 'ACCORD',
      cents: next() < 0.05 ? null : cents,
      miles: next() < 0.05 ? null : miles,
      branded: next() < 0.04,
    })
  })
}

it(`figures are equal to those that PostgreSQL computes, on ${MARKETS} generated markets`, async () => {
  const markets = Array.from({ length: MARKETS }, (_, market) => generated(market))
  const rows = markets.flatMap((listings, market) =>
    listings.map(({ vin, year, model, cents, miles, branded }) => ({
      market,
      vin,
      year,
      model,
      cents,
      miles,
      branded,
    })),
  )
  const computed = await withClient(getTestServer().ownerUrl, async (client) => {
    // it knows nothing of how many rows are in the JSON
    await client.query('set enable_nestloop = off')
    return client.query(COMPUTED, [JSON.stringify(rows)])
  })
  const [search] = buildSearches(buildOwnCar())
  if (!search) throw new Error('There is no search.')
  const ours = markets.flatMap((listings, market) => {
    const { comparables } = selectComparables(buildOwnCar(), listings, search, {
      own: new Set([OWN]),
      since: null,
    })
    const figures = computeFigures(comparables, 30_000)
    if (!figures) return []
    const {
      sampleSize: n,
      outliers,
      medianCents: median,
      minCents: min,
      maxCents: max,
      expectedCents: expected,
    } = figures
    return [{ market, n, outliers, median, min, max, expected }]
  })
  expect(computed.rows.length).toBeGreaterThan(MARKETS * 0.9)
  expect(ours).toEqual(computed.rows)
  expect(ours.filter(({ outliers }) => outliers > 0).length).toBeGreaterThan(100)
  expect(ours.filter(({ expected, median }) => expected !== median).length).toBeGreaterThan(300)
})
