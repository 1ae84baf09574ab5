import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveAccord } from '../support/market-stage.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'
import type { Engine } from '../../jobs/engine/engine.ts'

let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

async function run(task: string, input: object = {}) {
  const job = (await runJob(engine, forecourt, task, input)).run.jobId
  return (await loadRuns(forecourt, job))[0]
}

const column = async (statement: string, values: unknown[] = []) =>
  (await forecourt.sql(statement, values)).rows.map(({ said: message }) => Number(message))

describe('what the clean-up of the market removes', () => {
  it(
    'are analyses of 90 days ago, prices of 180 days ago but the ten newest of each car, ' +
      'sightings of a year ago, and expired answers about VINs',
    async () => {
      const cars = [
        await saveAccord(forecourt),
        await saveAccord(forecourt),
        await saveAccord(forecourt),
      ]
      const [many, few, fresh] = cars.map(({ id }) => id)
      await forecourt.sql(
        `insert into market_research_results (inventory_id, last_analyzed_at) values
       ($1, now() - interval '91 days'), ($2, now() - interval '89 days'), ($3, null)`,
        [many, few, fresh],
      )
      const prices = (car: string | undefined, from: number, to: number) =>
        forecourt.sql(
          `insert into market_price_history (inventory_id, our_price, recorded_at)
         select $1, n, now() - n * interval '1 day' from generate_series($2::int, $3::int) n`,
          [car, from, to],
        )
      await prices(many, 174, 200)
      await prices(few, 300, 312)
      await prices(fresh, 1, 40)
      await forecourt.sql(`insert into vin_evaluation_cache (vin, expires_at) values
      ('1HGCV1F30MA000001', now() - interval '1 hour'), ('1HGCV1F30MA000002', now() + interval
        '1 hour')`)
      await forecourt.sql(
        `insert into market_sightings (source, listing, place, year, make, model, branded, price,
          first_seen_at, last_seen_at)
         select 'auto.dev', n, '', 2021, 'honda', 'accord', false, 20000,
          now() - interval '400 days', now() - n * interval '1 day'
         from generate_series(360, 370) n`,
      )
      expect(await run('clean-up-market')).toMatchObject({
        status: 'success',
        result: { removed: 1 + 17 + 3 + 1 + 6 },
      })
      const left =
        'select our_price as said from market_price_history where inventory_id = $1 order by ' +
        'our_price'
      expect(await column(left, [many])).toEqual([174, 175, 176, 177, 178, 179, 180, 181, 182, 183])
      expect(await column(left, [few])).toEqual([300, 301, 302, 303, 304, 305, 306, 307, 308, 309])
      expect(await column(left, [fresh])).toHaveLength(40)
      expect(await column('select count(*) as said from market_research_results')).toEqual([2])
      expect(await column('select count(*) as said from vin_evaluation_cache')).toEqual([1])
      expect(await column('select count(*) as said from market_sightings')).toEqual([5])
      expect((await run('clean-up-market'))?.result).toEqual({ removed: 0 })
    },
  )
})

describe('without auto.dev', () => {
  /** Competitors' cars, as the scraping room keeps them. */
  async function stock(...cars: Record<string, unknown>[]) {
    const save = (collection: string, data: object) =>
      forecourt.payload.create({
        collection: collection as 'competitors',
        data: data as never,
        overrideAccess: true,
      })
    const { id: competitor } = await save('competitors', {
      name: 'Southside Cars',
      inventoryUrl: 'https://south.example/cars',
    })
    const usual = {
      competitor,
      year: 2021,
      make: 'HONDA',
      model: 'Accord',
      mileage: 30_000,
      price: 20_000,
      isSold: false,
      lastSeenAt: new Date().toISOString(),
    }
    for (const car of cars) await save('competitor-inventory', { ...usual, ...car })
  }

  it(
    'a car is compared with the stock of competitors: what is for sale, seen lately, and of its ' +
      'kind',
    async () => {
      const car = await saveAccord(forecourt, { price: 20_000 })
      await stock(
        ...[19_000, 19_500, 20_000, 20_500, 21_000].map((price) => ({ price })),
        ...[
          { isSold: true },
          { year: 2019 },
          { model: 'Civic' },
          { mileage: 90_000 },
          { price: null },
        ].map((malformed) => ({
          price: 1_000,
          ...malformed,
        })),
        ...[
          { lastSeenAt: '2020-01-01T00:00:00.000Z' },
          { trim: 'EX Salvage' },
          { vin: car.vin },
        ].map((malformed) => ({
          price: 2_000,
          ...malformed,
        })),
      )
      expect((await run('analyse-vehicle', { car: car.id }))?.result).toMatchObject({
        source: 'competitors',
        recommendation: 'competitive',
        sampleSize: 5,
      })
      const { rows } = await forecourt.sql(
        'select * from market_research_results where inventory_id = $1',
        [car.id],
      )
      expect(rows).toMatchObject([
        { data_source: 'competitors', median_price: '20000.00', min_price: '19000.00' },
      ])
      expect(rows[0].comparable_vehicles[0]).toMatchObject({
        dealer: 'Southside Cars',
        price: 19_000,
        make: 'HONDA',
      })
      expect(rows[0].search_parameters).toMatchObject({
        leftOut: { title: 1, own: 1 },
        zip: null,
        radiusMiles: null,
      })
    },
  )

  it('a VIN is evaluated by nobody', async () => {
    const viewer = await forecourt.as('viewer')
    const { body } = await viewer
      .post('/api/vin-evaluation')
      .send({ vin: '1HGCM82633A004352' })
      .expect(501)
    expect(body.errors[0].message).toContain('AUTODEV_API_KEY')
  })
})
