import { setImmediate as nextTurn } from 'node:timers/promises'
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { createReportingPg } from '../../../src/database/pool.ts'
import { WriteTracker } from '../../../src/database/request-writes.ts'
import { createEmptyDatabase, type EmptyDatabase } from '../../support/http-database.ts'

let database: EmptyDatabase
beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterAll(() => database.drop())

/** Lets the BEGIN of a transaction fail, and then breaks its connection. */
async function breakBegin(pool: pg.Pool): Promise<void> {
  const clients: pg.PoolClient[] = []
  pool.on('acquire', (client) => clients.push(client.on('error', () => undefined)))
  const begin = drizzle({ client: pool }).transaction(() => Promise.resolve(), {
    isolationLevel: 'no such level' as never,
  })
  await expect(begin).rejects.toThrow()
  expect(pool).toMatchObject({ totalCount: 1, idleCount: 0 })
  /* Not once(): it rejects at the error that comes before the end. */
  const ended = new Promise<void>((resolve) => clients[0]?.once('end', () => resolve()))
  await database.terminate('broken')
  await ended
  await nextTurn()
}

const buildOptions = () => ({ connectionString: database.url, application_name: 'broken' })

describe('the patch broken-clients', () => {
  it('is needed while drizzle does not release the client of a failed BEGIN', async () => {
    const pool = new pg.Pool(buildOptions())
    await breakBegin(pool)
    expect(pool.totalCount).toBe(1)
  })

  it('releases a client whose connection broke', async () => {
    const { Pool } = createReportingPg(() => undefined, new WriteTracker())
    const pool = new Pool(buildOptions())
    await pool.connect()
    await nextTurn()
    await pool.query('select 1')
    await breakBegin(pool)
    expect(pool.totalCount).toBe(0)
    await pool.end()
  })
})
