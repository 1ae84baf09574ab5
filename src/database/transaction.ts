import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'

/**
 * The drizzle database of a request: its own transaction while one is open, else the pool; with the
 * tables by their documented names.
 */
export type Transaction = Pick<PostgresAdapter, 'tables'> & {
  db: Pick<PostgresAdapter['drizzle'], 'execute'>
}

/**
 * What SQL of ours must run on, to land or fall together with the write that `req` is in the middle
 * of.
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

/** Payload's database adapter under its real type. */
export function getPostgresAdapter(payload: Payload): PostgresAdapter {
  return payload.db as unknown as PostgresAdapter
}
