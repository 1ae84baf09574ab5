import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction, type Transaction } from '../../../src/database/transaction.ts'
import type { LotStatus } from '../../../src/domain/lot-status.ts'

/** The transaction of a request, or the pool if there is none. */
export type RequestContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** Where a query runs: in the context of a request, or on a connection. */
export type QueryContext = RequestContext | Pick<Transaction, 'db'>

const getDatabase = (context: QueryContext): Transaction['db'] =>
  'db' in context ? context.db : getTransaction(context).db

/** Runs a statement and parses its rows. Throws a ZodError if a row does not fit the schema. */
export async function loadRows<Row extends z.ZodType>(
  context: QueryContext,
  row: Row,
  statement: SQL,
): Promise<z.output<Row>[]> {
  const { rows } = await getDatabase(context).execute(statement)
  return z.array(row).parse(rows)
}

/** Runs a statement. Returns the number of rows that it wrote. */
export async function writeRows(context: QueryContext, statement: SQL): Promise<number> {
  const { rowCount } = await getDatabase(context).execute(statement)
  return rowCount ?? 0
}

/** A TIMESTAMPTZ column as an instant in ISO 8601. */
export const INSTANT = z
  .union([z.string(), z.date()])
  .transform((value) => new Date(value).toISOString())

/** The status of a car on the lot. */
export const LOT_STATUS = z.enum(['available', 'pending', 'hold', 'sold'] satisfies LotStatus[])
