import { expect, it } from '@jest/globals'
import { selectComparables } from '../../plugins/market/domain/comparables.ts'
import type { Listing } from '../../plugins/market/domain/listing.ts'
import { rankAt } from '../../plugins/market/domain/verdict.ts'
import { withClient, getTestServer } from '../support/databases.ts'
import { aListing, buildOwnCar, computeFiguresAt, findTier } from '../support/market.ts'

const MARKETS = 1_000
const OWN = 'OWN00000000000001'
/** The price of ours whose rank is computed, in cents. */
const OURS = 2_500_000

/**
 * The same figures, computed by PostgreSQL from the listings as they came: who is compared, the
 * lowest price of a VIN, three MAD from eight cars on, Theil and Sen's slope, medians and quartiles
 * by percentile_cont. It shares no line with the product.
 */
const COMPUTED = `
  with said as (select * from json_to_recordset($1)
      as l(market int, vin text, year int, model text, cents float8, miles float8, branded
        boolean, trim text, new boolean)),
  branded as (select distinct market, vin from said where branded),
  listing as (select said.* from said left join branded b using (market, vin)
    where b.vin is null and year = 2021 and lower(model) = 'accord' and cents > 0
      and miles between 10000 and 50000 and vin <> '${OWN}' and new is not true
      and trim in ('EX', 'ex', 'EX Sedan 4D')),
  car as (select distinct on (market, vin) market, vin, cents, miles from listing
    order by market, vin, cents, miles),
  middle as (select market, percentile_cont(0.5) within group (order by cents) as m from car
    group by market),
  spread as (select market, m, count(*) as cars,
      percentile_cont(0.5) within group (order by abs(cents - m)) as mad
    from car join middle using (market) group by market, m),
  kept as (select car.* from car join spread using (market) where mad = 0 or cars < 8
    or abs(cents - m) <= 3 * mad),
  slope as (select a.market, least(0, percentile_cont(0.5) within group (order by (a.cents -
    b.cents) / (a.miles - b.miles))) as s
    from kept a join kept b on a.market = b.market and a.vin < b.vin and a.miles <> b.miles
      group by a.market),
  counted as (select market, count(*)::int as n from kept group by market),
  found as (select market, count(*)::int as of from car group by market),
  adjusted as (select market, n, of, cents, cents + case when n >= 8 then coalesce(s, 0) else 0 end
      * (30000 - miles) as ours
    from kept join counted using (market) join found using (market) left join slope using (market))
  select market, n, of - n as outliers,
    round(percentile_cont(0.5) within group (order by cents)::numeric)::float8 as median, min(cents)
      as min, max(cents) as max, (1 + count(*) filter (where cents < ${OURS}))::int as rank,
    greatest(1, round(percentile_cont(0.25) within group (order by ours)::numeric))::float8 as first,
    greatest(1, round(percentile_cont(0.5) within group (order by ours)::numeric))::float8
      as expected,
    greatest(1, round(percentile_cont(0.75) within group (order by ours)::numeric))::float8 as third
  from adjusted group by market, n, of order by market`

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

/** Mostly ours, however it is written. */
const TRIMS = ['EX', 'EX', 'ex', 'EX Sedan 4D', 'Sport', 'EX-L', null]

/**
 * From no listing to ninety: some of them twice, without a price, our own, branded, of another
 * model, year or trim, some new, some far off.
 */
function generated(market: number): Listing[] {
  const next = chance(market + 1)
  const centre = 800_000 + Math.floor(next() * 5_000_000)
  return Array.from({ length: Math.floor(next() * 91) }, (_, index) => {
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
      trim: TRIMS[Math.floor(next() * TRIMS.length)] ?? null,
      isNew: next() < 0.05 ? true : next() < 0.5 ? false : null,
    })
  })
}

it(`figures are equal to those that PostgreSQL computes, on ${MARKETS} generated markets`, async () => {
  const markets = Array.from({ length: MARKETS }, (_, market) => generated(market))
  const rows = markets.flatMap((listings, market) =>
    listings.map(({ vin, year, model, cents, miles, branded, trim, isNew }) => ({
      market,
      vin,
      year,
      model,
      cents,
      miles,
      branded,
      trim,
      new: isNew,
    })),
  )
  const computed = await withClient(getTestServer().ownerUrl, async (client) => {
    // it knows nothing of how many rows are in the JSON
    await client.query('set enable_nestloop = off')
    return client.query(COMPUTED, [JSON.stringify(rows)])
  })
  const ours = markets.flatMap((listings, market) => {
    const { comparables } = selectComparables(buildOwnCar(), listings, findTier('same_trim'), {
      own: new Set([OWN]),
      since: null,
      trimNames: [],
    })
    const figures = computeFiguresAt(comparables)
    if (!figures) return []
    const {
      sampleSize: n,
      outliers,
      medianCents: median,
      minCents: min,
      maxCents: max,
      firstQuartileCents: first,
      expectedCents: expected,
      thirdQuartileCents: third,
    } = figures
    const { position: rank } = rankAt(figures, OURS)
    return [{ market, n, outliers, median, min, max, rank, first, expected, third }]
  })
  expect(computed.rows.length).toBeGreaterThan(MARKETS * 0.9)
  expect(ours).toEqual(computed.rows)
  expect(ours.filter(({ outliers }) => outliers > 0).length).toBeGreaterThan(100)
  expect(ours.filter(({ expected, median }) => expected !== median).length).toBeGreaterThan(300)
})
