import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { GiveUp } from '../../jobs/outcomes.ts'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { measureDatabase } from '../../src/server/metrics/database.ts'
import { createMetrics } from '../../src/server/metrics/metrics.ts'
import { type MetricsServer, serveMetrics } from '../../src/server/metrics/serve.ts'
import { startWork, type Work } from '../../src/server/work.ts'
import { getTestServer } from '../support/databases.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { type FaultProxy, openBehind, openProxy } from '../support/http-fault-proxy.ts'
import {
  expectRises as expectRisesAt,
  scrapeMetrics as scrapeAt,
  parseSeries,
} from '../support/scrape.ts'
import { aTask, queueJob, buildRoom, runJob, waitUntil } from '../support/work.ts'

const tasks = [
  aTask('greet', async () => ({})),
  aTask('hopeless', () => Promise.reject(new GiveUp('no such thing'))),
  aTask('left-alone', async () => ({}), { queue: 'idle' }),
]

let proxy: FaultProxy
let forecourt: TestForecourt
let work: Work
let served: MetricsServer

beforeAll(async () => {
  const { url } = getTestServer()
  proxy = await openProxy(url)
  openBehind(proxy, url)
  forecourt = await openForecourt({}, [buildRoom(...tasks)])
  work = await startWork(forecourt, forecourt.settings, { queues: ['test'] })
  served = await serveMetrics(
    forecourt.metrics,
    { METRICS_HOST: '127.0.0.1', METRICS_PORT: await findFreePort() },
    () => undefined,
  )
})

afterEach(async () => {
  proxy.resume()
  await waitUntil(() => forecourt.watch.up, 'the database is back')
})

afterAll(async () => {
  await served.stop()
  await work.stop()
  await forecourt.close()
  await proxy.close()
})

const expectRises = (
  metric: string,
  action: () => Promise<unknown>,
  rises: Record<string, number>,
) => expectRisesAt(served.port, metric, action, rises)
const scrape = () => scrapeAt(served.port)

describe('jobs', () => {
  const depth = async (queue: string, state: string) =>
    (await scrape()).get(`job_queue_jobs{queue="${queue}",state="${state}"}`)

  it(
    'that wait and those that were given up are in the depths of their queues, the others are ' +
      'nothing',
    async () => {
      for (const name of [1, 2, 3]) await queueJob(forecourt, 'left-alone', { name })
      await runJob(work.engine, forecourt, 'hopeless')
      await waitUntil(
        async () => (await depth('left-alone', 'waiting')) === 3,
        'three jobs are seen waiting',
      )
      await waitUntil(async () => (await depth('hopeless', 'dead')) === 1, 'one job is seen dead')
      expect([
        await depth('left-alone', 'dead'),
        await depth('hopeless', 'waiting'),
        await depth('greet', 'running'),
      ]).toEqual([0, 0, 0])
    },
  )

  it('have the ends of their runs counted by task', async () => {
    const act = async () => {
      for (const task of ['greet', 'greet', 'hopeless']) {
        await runJob(work.engine, forecourt, task)
      }
    }
    await expectRises('job_runs_total', act, {
      '{task="greet",outcome="done"}': 2,
      '{task="hopeless",outcome="dead"}': 1,
    })
    expect(
      (await scrape()).get('job_run_duration_seconds_count{task="greet"}'),
    ).toBeGreaterThanOrEqual(2)
  })

  it('whose worker died count for who found them, under `other` when nobody knows their task', async () => {
    const lapsed = (task: string) =>
      forecourt.sql(
        `insert into job_history (job_name, job_id, attempt, worker, started_at, lease_ends_at,
          commits)
         values ($1, gen_random_uuid(), 1, 'elsewhere', now() - interval '1 hour', now() - interval
           '1 minute', 0)`,
        [task],
      )
    await expectRises(
      'job_runs_total',
      () => Promise.all([lapsed('greet'), lapsed('of-another-year')]),
      {
        '{task="greet",outcome="dead"}': 1,
        '{task="other",outcome="dead"}': 1,
      },
    )
  })
})

describe('mails', () => {
  it('are counted by what came of them, and are there before the first one', async () => {
    expect((await scrape()).get('mails_total{outcome="refused"}')).toBe(0)
    await expectRises('mails_total', async () => forecourt.metrics.countMail('later'), {
      '{outcome="later"}': 1,
    })
  })
})

describe('the scrape', () => {
  it('tells of the pool, the event loop and the process', async () => {
    const series = await scrape()
    expect(series.get('db_pool_connections{state="total"}')).toBeGreaterThan(0)
    expect(series.get('db_pool_connections{state="waiting"}')).toBe(0)
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
    ])
      expect([...series.keys()]).toContain(name)
  })

  it.each(['cut', 'freeze'] as const)(
    'is answered without the queues while the database is away (%s), and with them after',
    async (fault) => {
      proxy[fault]()
      await waitUntil(
        async () => ![...(await scrape()).keys()].some((name) => name.startsWith('job_queue_jobs')),
        'no queue is told',
      )
      expect((await scrape()).has('db_pool_connections{state="total"}')).toBe(true)
      proxy.resume()
      await waitUntil(
        async () => (await scrape()).has('job_queue_jobs{queue="greet",state="waiting"}'),
        'the queues are told again',
      )
    },
  )

  it('asks the database once for many who ask at once', async () => {
    const { metrics, asked: requested } = counting()
    const texts = await Promise.all(Array.from({ length: 20 }, () => metrics.registry.metrics()))
    expect(
      texts.every((text) => parseSeries(text).has('job_queue_jobs{queue="greet",state="dead"}')),
    ).toBe(true)
    expect(requested()).toBe(1)
  })

  it('never waits for a connection while all are in use', async () => {
    const { pool } = getPostgresAdapter(forecourt.payload)
    const { metrics, asked: requests } = counting()
    const clients = await Promise.all(
      Array.from({ length: forecourt.settings.DB_POOL_MAX }, () => pool.connect()),
    )
    try {
      const series = parseSeries(await metrics.registry.metrics())
      expect([
        series.get('db_pool_connections{state="idle"}'),
        series.get('job_queue_jobs{queue="greet",state="dead"}'),
      ]).toEqual([0, undefined])
      expect(requests()).toBe(0)
    } finally {
      for (const client of clients) client.release()
    }
  })
})

/** Metrics that watch the same database, and how often they asked it. */
function counting() {
  let times = 0
  const { payload, watch } = forecourt
  const { pool } = getPostgresAdapter(payload)
  const query = (...args: unknown[]) => (
    times++,
    (pool.query as (...all: unknown[]) => unknown).apply(pool, args)
  )
  const counted: unknown = Object.create(pool, { query: { value: query } })
  const db: unknown = Object.create(getPostgresAdapter(payload), { pool: { value: counted } })
  const metrics = createMetrics()
  measureDatabase(metrics, {
    payload: Object.create(payload, { db: { value: db } }) as typeof payload,
    watch,
  })
  return { metrics, asked: () => times }
}
