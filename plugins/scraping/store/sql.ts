import type { PayloadRequest } from 'payload'
import { wrapTransaction } from '../../../jobs/boss.ts'
import { type Transaction, getTransaction } from '../../../src/database/transaction.ts'

/**
 * Executes a statement in the open transaction, with values for `$1`, `$2`, …. Returns timestamps
 * as text.
 */
export type Sql = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

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
