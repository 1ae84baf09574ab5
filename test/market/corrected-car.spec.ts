import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import type { Api } from '../support/forecourt.ts'
import { anyVin } from '../support/builders.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import { queueJob, waitForRun, loadRuns, waitUntil } from '../support/work.ts'

let stage: MarketStage
let manager: Api
beforeAll(async () => {
  stage = await openMarket()
  manager = await stage.as('manager')
})
afterAll(() => stage.close())

const analysisOf = async ({ id }: Inventory) =>
  (
    await stage.sql(
      'select price_recommendation from market_research_results where inventory_id = $1',
      [id],
    )
  ).rows[0]
const correct = ({ id }: Inventory, about: object, query = '') =>
  manager.patch(`/api/inventory/${id}${query}`).send(about).expect(200)

/** An Accord of ours that was found too dear. */
async function dearAccord(): Promise<Inventory> {
  stage.offerCars(20_000, 21_000, 22_000, 23_000, 24_000)
  const car = await saveAccord(stage, { price: 29_000 })
  await stage.analyzeCar(car)
  return car
}

/**
 * What the run comes to during which a car is changed: after it was read, and while a turn to ask
 * is waited for.
 */
async function changedMeanwhile(car: Inventory, about: object) {
  stage.offerCars(20_000, 21_000, 22_000, 23_000, 24_000)
  await stage.sql(`insert into request_slots as slot (server, next_free_at, holder, held_until)
    values ('auto.dev', now(), gen_random_uuid(), now() + interval '1 hour')
    on conflict (server) do update set next_free_at = excluded.next_free_at,
      holder = excluded.holder, held_until = excluded.held_until`)
  const since = String((await stage.sql('select clock_timestamp()::text as now')).rows[0]?.now)
  const job = await queueJob(stage, 'analyse-vehicle', { car: car.id })
  const ended = waitForRun(stage.engine, job)
  const isWaiting = async () => {
    const { rowCount } = await stage.sql(
      `select from pg_stat_activity where datname = current_database()
        and pid <> pg_backend_pid() and query like '%from request_slots where server%'
        and query_start > $1::timestamptz`,
      [since],
    )
    return rowCount !== 0
  }
  await waitUntil(isWaiting, 'a turn is waited for')
  await correct(car, about)
  await stage.sql(`update request_slots set holder = null, held_until = null`)
  await ended
  return (await loadRuns(stage, job))[0]
}

describe('a car that is corrected', () => {
  it.each([
    { year: 2019 },
    { model: 'Accord Hybrid' },
    { titleStatus: 'Salvage' },
    { mileage: 90_000 },
    { trim: 'Sport' },
    { drivetrain: 'AWD' },
  ])('to %j is not judged by the cars that it was compared with before', async (about) => {
    const car = await dearAccord()
    expect(await analysisOf(car)).toEqual({ price_recommendation: 'high' })
    await correct(car, about, '?select[title]=true')
    expect(await analysisOf(car)).toBeUndefined()
  })

  it.each([{ model: 'ACCORD' }, { mileage: 30_500 }, { price: 27_000, trim: 'Sedan 4D' }])(
    'to %j is',
    async (about) => {
      const car = await dearAccord()
      await correct(car, about, '?select[title]=true')
      expect(await analysisOf(car)).toEqual({ price_recommendation: 'high' })
    },
  )

  it('to a VIN among those cars is not judged by them, since one of them is ours', async () => {
    const car = await dearAccord()
    const vin = stage.peer.listings[0]?.vin
    await correct(car, { vin }, '?select[title]=true')
    expect(await analysisOf(car)).toBeUndefined()
  })

  it('to another VIN is judged by the same cars', async () => {
    const car = await dearAccord()
    await correct(car, { vin: anyVin() }, '?select[title]=true')
    expect(await analysisOf(car)).toEqual({ price_recommendation: 'high' })
  })

  it('while it is compared is compared once more, as what it is now', async () => {
    const car = await saveAccord(stage)
    expect(await changedMeanwhile(car, { model: 'Civic' })).toMatchObject({
      status: 'failure',
      dead: false,
      error: expect.stringContaining('was edited in the meantime'),
    })
    expect(await analysisOf(car)).toBeUndefined()
  })

  it('while it is compared and sold is left alone', async () => {
    const car = await saveAccord(stage)
    expect((await changedMeanwhile(car, { status: 'sold' }))?.result).toEqual({
      skipped: 'It was sold in the meantime.',
    })
    expect(await analysisOf(car)).toBeUndefined()
  })
})
