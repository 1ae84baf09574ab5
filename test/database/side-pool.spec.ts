import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { createReportingPg, ReportingPool } from '../../src/database/pool.ts'
import { WriteTracker } from '../../src/database/request-writes.ts'
import { createMigratedDatabase, type EmptyDatabase } from '../support/http-database.ts'
import { buildProxyUrl, openProxy } from '../support/http-fault-proxy.ts'
import { waitUntil } from '../support/work.ts'

const tracker = new WriteTracker()
let losses = 0
let database: EmptyDatabase
let pool: InstanceType<ReturnType<typeof createReportingPg>['Pool']>
let side: pg.Pool
beforeAll(async () => {
  database = await createMigratedDatabase()
  const { Pool } = createReportingPg(() => losses++, tracker)
  pool = new Pool({ connectionString: database.url, application_name: 'main', max: 4 })
  side = pool.openSidePool(1)
  await side.query('select 1')
})
beforeEach(() => void (losses = 0))
afterAll(async () => {
  await side.end()
  await pool.end()
  await database.drop()
})

describe('a side pool', () => {
  it('is on the same database, and has connections of its own', async () => {
    expect(side.options).toMatchObject({ application_name: 'main', max: 1 })
    expect(side.totalCount).toBe(1)
    expect(pool.totalCount).toBe(0)
  })

  it('reports an idle connection that breaks', async () => {
    await side.query('select 1')
    await database.terminate('main')
    await waitUntil(() => side.totalCount === 0, 'the pool notices')
    expect(losses).toBeGreaterThan(0)
  })

  it('counts a statement whose connection breaks for the request that sent it', async () => {
    const writes = await tracker.track(async (counts) => {
      // The server's last words, or that it closed; expected before it can happen.
      const broken = expect(side.query('select pg_sleep(60)')).rejects.toThrow()
      await waitUntil(async () => (await countSleeping()) === 1, 'the statement runs')
      await database.terminate('main')
      await broken
      return counts
    })
    expect(writes.broken).toBe(1)
  })

  it('does not count what it stores as a write of the request', async () => {
    const writes = await tracker.track(async (counts) => {
      await side.query(`insert into sign_in_tries (key) values ('one')`)
      return counts
    })
    expect(writes).toMatchObject({ confirmed: 0, mayBeKept: false })
    expect(await database.query('select key from sign_in_tries')).toEqual([{ key: 'one' }])
  })

  it('drops its connections with those of the pool', async () => {
    const dropped = expect(side.query('select pg_sleep(60)')).rejects.toThrow('terminated')
    await waitUntil(async () => (await countSleeping()) === 1, 'the statement runs')
    pool.dropAll()
    await dropped
    expect((await side.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})

describe('a pool', () => {
  it('drops connections that are still being opened', async () => {
    const proxy = await openProxy(database.url)
    const waiting = new ReportingPool(
      {
        connectionString: buildProxyUrl(database.url, proxy),
        connectionTimeoutMillis: 60_000,
      },
      { onLoss: () => losses++, tracker, countsWrites: true },
    )
    proxy.freeze()
    const refused = expect(waiting.query('select 1')).rejects.toThrow('terminated')
    await waitUntil(() => waiting.totalCount === 1, 'the connection is being opened')
    waiting.dropAll()
    await refused
    proxy.resume()
    expect((await waiting.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await waiting.end()
    await proxy.close()
  })
})

const countSleeping = async () =>
  (
    await database.query(
      `select from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'
        and datname = current_database()`,
    )
  ).length
