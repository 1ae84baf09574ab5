import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { wrapTransaction } from '../../../jobs/boss.ts'
import {
  getPostgresAdapter,
  type Transaction,
  getTransaction,
} from '../../../src/database/transaction.ts'

/**
 * Executes a statement in the open transaction, with values for `$1`, `$2`, …. Returns timestamps
 * as text.
 */
export type Sql = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** A row that is not checked yet: the schema of a response parses it. */
export type Row = Record<string, unknown>

/** Runs `work` in one transaction that is committed or rolled back as a whole. */
export type Commit = <Value>(work: (sql: Sql) => Promise<Value>) => Promise<Value>

/** The transaction of a request, or the pool if it has none. */
export type StoreContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** Runs the room's statements in the transaction of a request, or on the pool if there is none. */
export const createSql = (req: StoreContext): Sql => createTransactionSql(getTransaction(req))

/** Runs the room's statements on a drizzle connection. */
export function createTransactionSql(transaction: Pick<Transaction, 'db'>): Sql {
  const { executeSql } = wrapTransaction(transaction)
  return async <Found extends object>(text: string, values: readonly unknown[] = []) =>
    (await executeSql(text, [...values])).rows as Found[]
}

/** Runs the room's statements on a dedicated connection, in its open transaction. */
export const createClientSql = (client: pg.PoolClient): Sql =>
  createTransactionSql({ db: drizzle(client) })

/** Runs the room's statements on the pool. */
export const createPoolSql =
  (req: Pick<PayloadRequest, 'payload'>): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await getPostgresAdapter(req.payload).pool.query<Row & pg.QueryResultRow>(text, [...values]))
      .rows

/**
 * Returns a SQL expression that formats a timestamp column for the API: ISO 8601 in UTC, with
 * milliseconds.
 */
export const formatInstantSql = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
