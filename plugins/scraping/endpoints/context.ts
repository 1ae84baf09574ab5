import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { APIError, type PayloadRequest } from 'payload'
import type pg from 'pg'
import { z } from 'zod'
import type { EndpointContext } from '../../../src/api/callers.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { uuidInput } from '../../../src/domain/input-schemas.ts'
import type { Competitor } from '../domain/runs.ts'
import { findCompetitor } from '../store/competitors.ts'
import { createTransactionSql, type Sql } from '../store/sql.ts'

/** The path parameter that identifies a competitor or one of its cars. */
export const ID = z.object({ id: uuidInput() })

/** Loads the competitor of the path. Throws 404 if there is none. */
export async function loadCompetitor(
  { req }: EndpointContext,
  { id }: z.output<typeof ID>,
): Promise<{ competitor: Competitor }> {
  const competitor = await findCompetitor(req, id)
  if (competitor) return { competitor }
  throw new APIError('Not Found', 404)
}

/** Runs the room's statements on a dedicated connection, in its open transaction. */
export const createClientSql = (client: pg.PoolClient): Sql =>
  createTransactionSql({ db: drizzle(client) })

/**
 * Returns a SQL expression that formats a timestamp column for the API: ISO 8601 in UTC, with
 * milliseconds.
 */
export const formatInstantSql = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Runs the room's statements on the pool. */
export const createPoolSql =
  (req: PayloadRequest): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await getPostgresAdapter(req.payload).pool.query<Row & pg.QueryResultRow>(text, [...values]))
      .rows
