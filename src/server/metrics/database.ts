import { setTimeout as sleep } from 'node:timers/promises'
import type { Payload } from 'payload'
import type pg from 'pg'
import { Gauge } from 'prom-client'
import { SCHEMA } from '../../../jobs/boss.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import type { DatabaseWatch } from '../../database/watch.ts'
import type { Metrics } from './metrics.ts'
import { getService } from '../../services.ts'

type WatchedDatabase = { payload: Payload; watch: Pick<DatabaseWatch, 'up'> }
type Pool = Pick<pg.Pool, 'query' | 'totalCount' | 'idleCount' | 'waitingCount' | 'options'>

/** How long a count of the queues is cached, and how long a scrape waits for one. */
const CACHE_MS = 5_000
const TIMEOUT_MS = 1_000

const STATES = ['waiting', 'running', 'dead'] as const

/** Counts waiting jobs, including scheduled ones; completed ones are not counted. */
const DEPTHS = `
  select name, case state when 'active' then 'running' when 'failed' then 'dead'
    else 'waiting' end as state, count(*)::int as jobs
  from ${SCHEMA}.job where name = any($1::text[]) and state not in ('completed', 'cancelled')
    group by 1, 2`

/**
 * Adds the metrics that are queried at each scrape: the connections of the pool, and the number of
 * jobs in the queue of each task.
 */
export function measureDatabase(
  { registry }: Pick<Metrics, 'registry'>,
  { payload, watch }: WatchedDatabase,
): void {
  const pool: Pool = getPostgresAdapter(payload).pool
  const connections = new Gauge({
    name: 'db_pool_connections',
    help: 'Database connections that are open or idle, and requests waiting for one.',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      connections.set({ state: 'total' }, pool.totalCount)
      connections.set({ state: 'idle' }, pool.idleCount)
      connections.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  const queues = [...getService(payload, 'jobs').tasks.keys()]
  const read = createDepthReader(pool, watch, queues)
  const jobs = new Gauge({
    name: 'job_queue_jobs',
    help: 'Queued jobs by task, in the whole database. Left out while the database is unavailable.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    collect: async () => {
      const depths = await read()
      jobs.reset()
      if (depths)
        for (const queue of queues)
          for (const state of STATES)
            jobs.set({ queue, state }, depths.get(`${queue} ${state}`) ?? 0)
    },
  })
}

type Depths = ReadonlyMap<string, number>

/** Counts the jobs, with a cache; null if the database is unavailable, full or slow. */
function createDepthReader(
  pool: Pool,
  watch: WatchedDatabase['watch'],
  queues: readonly string[],
): () => Promise<Depths | null> {
  let last = { at: Number.NEGATIVE_INFINITY, depths: Promise.resolve<Depths | null>(null) }
  return async () => {
    if (!watch.up) return null
    const now = performance.now()
    if (now - last.at >= CACHE_MS)
      last = {
        at: now,
        depths: Promise.race([countJobs(pool, queues), sleep(TIMEOUT_MS, null, { ref: false })]),
      }
    return last.depths
  }
}

/**
 * Never waits for a connection: waiting too long makes the server treat the database as
 * unavailable.
 */
async function countJobs(pool: Pool, queues: readonly string[]): Promise<Depths | null> {
  if (pool.idleCount === 0 && pool.totalCount >= pool.options.max) return null
  const query = { text: DEPTHS, values: [queues], query_timeout: TIMEOUT_MS }
  try {
    const { rows } = await pool.query<{ name: string; state: string; jobs: number }>(query)
    return new Map(rows.map(({ name, state, jobs }) => [`${name} ${state}`, jobs]))
  } catch (error) {
    // the watch reports when the database is unavailable; a scrape cannot add to that
    if (error instanceof Error) return null
    throw error
  }
}
