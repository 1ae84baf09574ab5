import type pg from 'pg'

/** A pool of connections, as far as SQL of ours needs one. */
export type Pool = Pick<pg.Pool, 'connect' | 'query'>

/** Does `work` in a transaction on a connection of its own. An error undoes it. */
export async function inTransaction<Value>(pool: Pool, work: (client: pg.PoolClient) => Promise<Value>): Promise<Value> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const value = await work(client)
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}
