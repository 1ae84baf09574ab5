import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadDueCars } from '../../plugins/market/store/cars.ts'
import type { PeerRequest } from '../support/auto-dev-peer.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import { queueJob, waitUntil } from '../support/work.ts'
import { startWorker, type WorkerProcess } from '../support/worker-process.ts'

const CARS = 500
/**
 * What the peer lets through, and the gap that we keep to: 33 in a second, and four that may be
 * late, are less than 40.
 */
const LIMIT = { most: 40, windowMs: 1_000 }
const GAP_MS = '30'

let stage: MarketStage
let worker: WorkerProcess
beforeAll(async () => {
  const settings = { AUTODEV_GAP_MS: GAP_MS, MARKET_SWEEP_CARS: String(CARS) }
  stage = await openMarket(settings)
  stage.peer.rateLimit = LIMIT
  stage.offerCars(22_000, 23_000, 24_000, 25_000, 26_000, 26_500)
  const requested = {
    AUTODEV_URL: stage.settings.AUTODEV_URL,
    AUTODEV_API_KEY: stage.settings.AUTODEV_API_KEY ?? '',
  }
  worker = await startWorker(['market'], {
    ...settings,
    ...requested,
    DATABASE_URL: stage.url,
    DATABASE_OWNER_URL: stage.ownerUrl,
  })
})
afterAll(async () => {
  await worker.stop()
  await stage.close()
})

/** As many cars, straight into the table: what is swept is what counts here. */
const saveMany = (count: number) =>
  stage.sql(
    `insert into inventory (title, vin, stock_number, year, make, model, mileage, price, status,
      listed_at)
     select 'Car ' || n, 'SWEEP' || lpad(n::text, 12, '0'), 'S' || n, 2021, 'Honda', 'Accord',
       30000, 24000 + n, 'available', now()
     from generate_series(1, $1) n`,
    [count],
  )

const count = async (statement: string) => Number((await stage.sql(statement)).rows[0]?.count)
const analysed = () =>
  count("select count(*) from market_research_results where price_recommendation = 'competitive'")

/** The questions that came while the source had said that it wants to be left alone. */
const during = ({ at }: PeerRequest, seconds: number) =>
  stage.peer.requests.filter((question) => question.at > at && question.at < at + seconds * 1_000)

describe(`a sweep over ${CARS} cars by two workers`, () => {
  it('compares each of them once, keeps to the rate limit, and leaves a busy source alone', async () => {
    await saveMany(CARS)
    await queueJob(stage, 'sweep-market')
    await waitUntil(async () => (await analysed()) > 50, '50 cars are analysed')
    stage.peer.next({ status: 429, headers: { 'retry-after': '2' } })
    for (const some of [150, 250, 350, 450, CARS])
      await waitUntil(async () => (await analysed()) >= some, `${some} cars are analysed`)
    const refused = stage.peer.requests.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(1)
    expect(stage.peer.requests.filter(({ status }) => status === 200)).toHaveLength(CARS)
    for (const one of refused) expect(during(one, 2).length).toBeLessThanOrEqual(12)
    const workers = await count(
      "select count(distinct worker) from job_history where job_name = 'analyse-vehicle'",
    )
    expect(workers).toBe(2)
    const tries =
      "select count(*) from job_history where job_name = 'analyse-vehicle' and status = 'failure'"
    expect(await count(tries)).toBe(1)
  })
})

describe('a sweep', () => {
  it(
    'takes on as many cars as one run may, those first that never were analysed, then the ' +
      'longest not',
    async () => {
      await stage.sql("delete from pgboss.job where name = 'analyse-vehicle'")
      await worker.stop()
      await stage.engine.stop(0)
      const [never, sold] = [await saveAccord(stage), await saveAccord(stage, { status: 'sold' })]
      await stage.sql(`update market_research_results set last_analyzed_at = now() - interval
        '9 days'
      where inventory_id = (select id from inventory where vin = 'SWEEP000000000007')`)
      const due = await loadDueCars({ payload: stage.payload }, 2)
      const { rows } = await stage.sql("select id from inventory where vin = 'SWEEP000000000007'")
      expect(due).toEqual([never.id, rows[0].id])
      expect(await loadDueCars({ payload: stage.payload }, 1_000)).not.toContain(sold.id)
    },
  )
})
