import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import type { ReportingPool } from './pool.ts'

/**
 * The drizzle database of a request: its open transaction, or else the pool. Includes the tables by
 * their documented names.
 */
export type Transaction = Pick<PostgresAdapter, 'tables'> & {
  db: Pick<PostgresAdapter['drizzle'], 'execute'>
}

/**
 * Returns the database for our own SQL, so that it commits or rolls back together with the current
 * write of `req`.
 */
export function getTransaction(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
): Transaction {
  const adapter = getPostgresAdapter(req.payload)
  const session =
    req.transactionID instanceof Promise ? undefined : adapter.sessions[String(req.transactionID)]
  return {
    db: (session?.db as PostgresAdapter['drizzle'] | undefined) ?? adapter.drizzle,
    tables: adapter.tables,
  }
}

/** Returns Payload's database adapter with its actual type. */
export function getPostgresAdapter(payload: Payload): PostgresAdapter {
  return payload.db as unknown as PostgresAdapter
}

/** Returns the pool of the adapter with its actual type; see `createDatabaseAdapter`. */
export function getReportingPool(payload: Payload): ReportingPool {
  return getPostgresAdapter(payload).pool as unknown as ReportingPool
}
