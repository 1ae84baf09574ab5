import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type DealerSite, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveCompetitor } from '../support/scrape-room.ts'
import {
  findJobs,
  loadRuns,
  openBoss,
  queueJob,
  startEngine,
  waitForRun,
  waitUntil,
} from '../support/work.ts'

let forecourt: TestForecourt
let site: DealerSite
let broken: DealerSite

beforeAll(async () => {
  site = await openDealerSite('dealer-center', simulateWorld({ seed: 3, cars: 30 }), {
    perPage: 10,
    millis: 1_000,
  })
  broken = await openDealerSite('dealer-center', simulateWorld({ seed: 3, cars: 30 }), {
    perPage: 10,
  })
  const origins = [site, broken].map(({ origin }) => origin).join(',')
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: origins,
    SCRAPING_ALLOWED_GAP_MS: '50',
  })
})
afterAll(async () => {
  await forecourt.close()
  await Promise.all([site, broken].map((one) => one.close()))
})

it(
  'a run whose worker is stopped again and again on one page goes on with that page, and is ' +
    'whole in the end',
  async () => {
    const { id } = await saveCompetitor(forecourt, {
      name: 'Riverside Motors',
      inventoryUrl: site.inventoryUrl,
    })
    const job = await queueJob(forecourt, 'scrape-competitor', { competitor: id })
    for (let stops = 1; stops <= 3; stops++) {
      site.resetLog()
      const engine = await startEngine(forecourt)
      await waitUntil(
        () => site.requests.some(({ path, endedAt }) => path !== '/robots.txt' && endedAt === null),
        'a page is asked for',
      )
      await engine.stop(0)
    }
    const engine = await startEngine(forecourt)
    await waitForRun(engine, job).finally(() => engine.stop(0))
    const [last] = (await loadRuns(forecourt, job)).slice(-1)
    expect([last?.error, last?.result]).toEqual([
      null,
      expect.objectContaining({ state: 'applied', found: 30, new: 30 }),
    ])
  },
)

it(
  'a run whose site fails leaves it alone and its worker to others, says so, and tries ' +
    'again at once for a person',
  async () => {
    const { id } = await saveCompetitor(forecourt, {
      name: 'Lakeside Motors',
      inventoryUrl: broken.inventoryUrl,
    })
    const manager = await forecourt.as('manager')
    broken.mode('half')
    const job = await queueJob(forecourt, 'scrape-competitor', { competitor: id })
    const engine = await startEngine(forecourt)
    try {
      await waitForRun(engine, job)
      await openBoss(forecourt).update('scrape-competitor', undefined, {
        id: job,
        startAfter: 3_600,
      })
      const { body } = await manager.get(`/api/competitors/${id}/runs`).expect(200)
      expect(body).toMatchObject({
        runs: [{ state: 'fetching', error: null }],
        lastTry: {
          state: 'waiting',
          error: expect.stringMatching(/responded with 500 .* The next attempt is in 2 s\.$/),
        },
      })
      broken.mode('well')
      expect((await manager.post(`/api/competitors/${id}/scrape`).expect(202)).body.jobId).toBe(job)
      await waitUntil(async () => (await loadRuns(forecourt, job)).length === 2, 'the second try')
      await waitUntil(
        async () => (await loadRuns(forecourt, job))[1]?.status === 'success',
        'the end of the second try',
      )
      expect((await manager.get(`/api/competitors/${id}/runs`).expect(200)).body).toMatchObject({
        runs: [{ state: 'applied', found: 30 }],
      })
    } finally {
      await engine.stop(0)
    }
  },
)

it('a sweep reads those sites last that did not answer the last time', async () => {
  const [slow, fast] = [
    await saveCompetitor(forecourt, { name: 'A' }),
    await saveCompetitor(forecourt, { name: 'B' }),
  ]
  await forecourt.sql("update competitors set scrape_error_type = 'timeout' where id = $1", [
    slow.id,
  ])
  const sweep = await queueJob(forecourt, 'scrape-competitors')
  const engine = await startEngine(forecourt, { queues: ['scraping'], concurrency: 1 })
  await waitForRun(engine, sweep)
  await engine.stop(0)
  const priorityOf = async ({ id }: { id: string }) =>
    (await findJobs(forecourt, 'scrape-competitor', { data: { competitor: id } }))[0]?.priority
  expect([await priorityOf(slow), await priorityOf(fast)]).toEqual([-1, 0])
})
