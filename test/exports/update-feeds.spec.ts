import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { enterDealership, saveListedCar } from '../support/feeds.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findJobs, runJob, startEngine, waitUntil } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
let cars: Inventory[]
beforeAll(async () => {
  forecourt = await openForecourt()
  await enterDealership(forecourt)
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
})
beforeEach(async () => {
  for (const table of ['inventory', 'feed_deliveries', 'feed_delivery_cars'])
    await forecourt.sql(`delete from ${table}`)
  await forecourt.sql(`update export_feeds set enabled = true, delivery = 'none'`)
  cars = []
  for (let saved = 0; saved < 5; saved++) cars.push(await saveListedCar(forecourt))
})

/** Lets receivers fetch a feed, and delivers it for the first time. */
async function deliver(...names: FeedName[]): Promise<void> {
  for (const feed of names) {
    await forecourt.sql(`update export_feeds set delivery = 'pull' where feed = $1`, [feed])
    await runJob(engine, forecourt, 'export-feed', { feed })
  }
}

/** Runs the task. Returns the feeds that it delivers. */
async function update(): Promise<FeedName[]> {
  const { run } = await runJob(engine, forecourt, 'update-feeds')
  const { rows } = await forecourt.sql('select result from job_history where id = $1', [run.id])
  const { outdated } = rows[0].result as { outdated: FeedName[] }
  await waitUntil(hasEndedExports, 'the feeds are delivered')
  return outdated
}

async function hasEndedExports(): Promise<boolean> {
  const jobs = await findJobs(forecourt, 'export-feed')
  return jobs.every(({ state }) => state === 'completed' || state === 'failed')
}

async function sell(car = cars[0]): Promise<void> {
  await manager.post(`/api/inventory/${car?.id}/sell`).send({ price: 20_000 }).expect(200)
}

const decide = (car: Inventory | undefined, status: string) =>
  manager.patch(`/api/inventory/${car?.id}`).send({ status }).expect(200)

/** The status of the first car in the last delivered file of a feed; undefined if it left. */
async function findListed(feed: FeedName): Promise<string | undefined> {
  const { rows } = await forecourt.sql(
    `select status from feed_delivery_cars where car_id = $2 and delivery_id = (
      select id from feed_deliveries where feed = $1 and state = 'delivered'
      order by finished_at desc limit 1)`,
    [feed, cars[0]?.id],
  )
  return rows[0]?.status as string | undefined
}

describe('a car that is no longer for sale', () => {
  it('leaves each feed that lists it, and stays as sold where the channel wants that', async () => {
    await deliver('google', 'facebook', 'jekyll')
    await sell()
    expect(await update()).toEqual(['facebook', 'google', 'jekyll'])
    await waitUntil(async () => (await findListed('jekyll')) === undefined, 'it left')
    expect(await findListed('google')).toBeUndefined()
    await waitUntil(async () => (await findListed('facebook')) === 'sold', 'it is sold there')
    expect(await update()).toEqual([])
  })

  it('leaves when it is held or deleted', async () => {
    await deliver('google')
    await decide(cars[0], 'hold')
    expect(await update()).toEqual(['google'])
    await waitUntil(async () => (await findListed('google')) === undefined, 'it left')
    await forecourt.sql('delete from inventory where id = $1', [cars[1]?.id])
    expect(await update()).toEqual(['google'])
  })

  it('stays in a feed that takes pending cars', async () => {
    await deliver('jekyll', 'google')
    await decide(cars[0], 'pending')
    expect(await update()).toEqual(['google'])
  })

  it('waits for the schedule when it comes back', async () => {
    await deliver('facebook')
    await sell()
    expect(await update()).toEqual(['facebook'])
    await waitUntil(async () => (await findListed('facebook')) === 'sold', 'it is sold there')
    await decide(cars[0], 'available')
    expect(await update()).toEqual([])
  })
})

describe('a feed that cannot be delivered now', () => {
  const setNewest = (state: string, hoursAgo = 0) =>
    forecourt.sql(
      `insert into feed_deliveries (feed, state, finished_at)
        values ('google', $1, now() - make_interval(hours => $2::int))`,
      [state, hoursAgo],
    )

  it.each(['held', 'released', 'rejected'])('is not delivered: %s', async (state) => {
    await deliver('google')
    await sell()
    await setNewest(state)
    expect(await update()).toEqual([])
  })

  it('is not delivered while it is turned off, or not delivered at all', async () => {
    await deliver('google', 'cargurus')
    await sell()
    await forecourt.sql(`update export_feeds set enabled = false where feed = 'google'`)
    await forecourt.sql(`update export_feeds set delivery = 'none' where feed = 'cargurus'`)
    expect(await update()).toEqual([])
  })

  it('is delivered again an hour after a failure', async () => {
    await deliver('google')
    await sell()
    await setNewest('failed')
    expect(await update()).toEqual([])
    await forecourt.sql(
      `update feed_deliveries set finished_at = now() - interval '61 minutes'
        where state = 'failed'`,
    )
    expect(await update()).toEqual(['google'])
  })
})

const countDelivered = async () => {
  const { rows } = await forecourt.sql(
    `select count(*)::int as count from feed_deliveries where state = 'delivered'`,
  )
  return rows[0].count as number
}

it('two runs at the same time deliver a feed once', async () => {
  await deliver('google')
  await sell()
  await Promise.all([update(), update()])
  await waitUntil(async () => (await findListed('google')) === undefined, 'it left')
  expect(await countDelivered()).toBe(2)
})

it('a delivery whose process died does not keep a sold car in a feed', async () => {
  await deliver('google')
  await sell()
  await forecourt.sql(
    `insert into feed_deliveries (feed, state, job_id) values ('google', 'sending',
      gen_random_uuid())`,
  )
  expect(await update()).toEqual(['google'])
})

it('a feed that was never delivered is left to its schedule', async () => {
  await forecourt.sql(`update export_feeds set delivery = 'pull' where feed = 'google'`)
  await sell()
  expect(await update()).toEqual([])
})
