import type pg from 'pg'
import { commitTransaction, rollbackTransaction } from './commit.ts'

/** The parts of a connection pool that our SQL needs. */
export type Pool = Pick<pg.Pool, 'connect' | 'query'>

/**
 * Runs `work` in a new transaction on a separate connection. An error rolls it back and is
 * rethrown. Returns after the database confirmed the COMMIT; throws CommitFailed otherwise.
 */
export async function withTransaction<Value>(
  pool: Pool,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect()
  let broken: Error | null = null
  try {
    await client.query('begin')
    const value = await work(client)
    await commitTransaction(client)
    return value
  } catch (error) {
    broken = await rollbackTransaction(client)
    throw error
  } finally {
    client.release(broken ?? undefined)
  }
}
