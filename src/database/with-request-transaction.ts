import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { withTransaction } from './with-transaction.ts'
import { getPostgresAdapter } from './transaction.ts'

type Request = Pick<PayloadRequest, 'payload' | 'transactionID'>

/**
 * Runs `work` inside the open transaction of a request, after a savepoint, or in a new transaction
 * if the request has none. An error of `work` rolls back to the savepoint and is rethrown; the
 * transaction of the request stays usable.
 */
export async function withRequestTransaction<Value>(
  req: Request,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = findClient(req)
  if (!client) return withTransaction(getPostgresAdapter(req.payload).pool, work)
  await client.query('savepoint part')
  try {
    const value = await work(client)
    await client.query('release savepoint part')
    return value
  } catch (error) {
    await client.query('rollback to savepoint part')
    throw error
  }
}

/**
 * Returns a connection that sees the request's own writes: that of its open transaction, or else
 * any connection of the pool.
 */
export const getConnection = (req: Request): Pick<pg.Pool, 'query'> =>
  findClient(req) ?? getPostgresAdapter(req.payload).pool

/**
 * Finds the connection of a request's open transaction, which drizzle keeps in the session of the
 * transaction.
 */
function findClient({ payload, transactionID }: Request): pg.PoolClient | undefined {
  if (transactionID === undefined || transactionID instanceof Promise) return undefined
  const open = getPostgresAdapter(payload).sessions[String(transactionID)]
  return (open?.db as unknown as { session: { client: pg.PoolClient } } | undefined)?.session.client
}
