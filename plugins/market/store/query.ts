import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../../src/database/transaction.ts'
import { formatDecimal } from '../../../src/domain/money.ts'

/** The context of a query: the transaction of a request, or the pool if there is none. */
export type QueryContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** Runs a statement and parses its rows. Throws a ZodError if a row does not fit the schema. */
export async function loadRows<Row extends z.ZodType>(
  context: QueryContext,
  row: Row,
  statement: SQL,
): Promise<z.output<Row>[]> {
  const { rows } = await getTransaction(context).db.execute(statement)
  return z.array(row).parse(rows)
}

/** Runs a statement. Returns the number of rows that it wrote. */
export async function writeRows(context: QueryContext, statement: SQL): Promise<number> {
  const { rowCount } = await getTransaction(context).db.execute(statement)
  return rowCount ?? 0
}

/** A TIMESTAMPTZ column as an instant in ISO 8601. */
export const INSTANT = z
  .union([z.string(), z.date()])
  .transform((value) => new Date(value).toISOString())

/** Formats cents for a NUMERIC(10,2) column; null if there is no amount. */
export const toDecimal = (cents: number | undefined): string | null =>
  cents === undefined ? null : formatDecimal(cents)
