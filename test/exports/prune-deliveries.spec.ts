import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { enterDealership, saveListedCar } from '../support/feeds.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findJobs, runJob, startEngine, waitUntil } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  forecourt = await openForecourt()
  await enterDealership(forecourt)
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})
beforeEach(() => forecourt.sql('delete from feed_deliveries'))

/** Records deliveries of Google, each a minute older than the one before. */
const saveDeliveries = (state: string, daysOld: number, count: number) =>
  forecourt.sql(
    `insert into feed_deliveries (feed, state, created_at, finished_at)
      select 'google', $1, at, at from generate_series(1, $3::int) as n,
        lateral (select now() - make_interval(days => $2::int, mins => n) as at) as times`,
    [state, daysOld, count],
  )

async function countStates(): Promise<Record<string, number>> {
  const { rows } = await forecourt.sql(
    'select state, count(*)::int as count from feed_deliveries group by state order by state',
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

it('deliveries are removed after 90 days, and the last 30 of a feed are kept', async () => {
  await saveDeliveries('failed', 91, 40)
  await runJob(engine, forecourt, 'prune-deliveries')
  expect(await countStates()).toEqual({ failed: 30 })
})

it('no delivery is removed before 90 days', async () => {
  await saveDeliveries('failed', 89, 40)
  await runJob(engine, forecourt, 'prune-deliveries')
  expect(await countStates()).toEqual({ failed: 40 })
})

it('the last delivered file and one that is held are kept, however old they are', async () => {
  await saveDeliveries('failed', 1, 30)
  await saveDeliveries('held', 200, 1)
  await saveDeliveries('delivered', 300, 2)
  await runJob(engine, forecourt, 'prune-deliveries')
  expect(await countStates()).toEqual({ delivered: 1, failed: 30, held: 1 })
})

it('a delivery whose process died is recorded as failed', async () => {
  await forecourt.sql(
    `insert into feed_deliveries (feed, state, job_id) values ('google', 'sending',
      gen_random_uuid())`,
  )
  await runJob(engine, forecourt, 'prune-deliveries')
  expect(await countStates()).toEqual({ failed: 1 })
})

it('the daily task of a feed queues its delivery', async () => {
  await saveListedCar(forecourt)
  await forecourt.sql(`update export_feeds set delivery = 'pull' where feed = 'google'`)
  await runJob(engine, forecourt, 'export-google-daily')
  const jobs = await findJobs(forecourt, 'export-feed')
  expect(jobs.map(({ data }) => data)).toEqual([{ feed: 'google' }])
  await waitUntil(async () => (await countStates())['delivered'] === 1, 'the feed is delivered')
})
