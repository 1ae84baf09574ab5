import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { APIError, type PayloadHandler, type PayloadRequest } from 'payload'
import type pg from 'pg'
import { z } from 'zod'
import { NO_STORE, withStaffCheck } from '../../../src/access/staff-check.ts'
import { type AuditedAction, withAudit } from '../../../src/audit/audited-action.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { isUuid } from '../../../src/fields/uuid.ts'
import type { Competitor } from '../domain/runs.ts'
import { findCompetitor } from '../store/competitors.ts'
import { createTransactionSql, type Sql } from '../store/sql.ts'

/** The path parameter that identifies a competitor or one of its cars. */
export const ID = z.object({ id: z.uuid() })

const REFUSALS = { staff: 'Only active staff members can access competitors.' }

/** Restricts a handler to active staff members, or to managers and admins. */
export const requireStaffRole = (
  role: 'staff' | 'managers',
  handler: PayloadHandler,
): PayloadHandler =>
  withStaffCheck(
    role === 'staff'
      ? REFUSALS
      : { ...REFUSALS, managers: 'Only managers and admins can do this.' },
    handler,
  )

/** Returns an ID from the path. Throws 404 if it is not a UUID. */
export function parseId(req: PayloadRequest, name = 'id'): string {
  const id = req.routeParams?.[name]
  if (isUuid(id)) return id
  throw new APIError('Not Found', 404)
}

/** Loads the competitor of the path. Throws 404 if there is none. */
export async function loadCompetitor(req: PayloadRequest): Promise<Competitor> {
  const competitor = await findCompetitor(req, parseId(req))
  if (competitor) return competitor
  throw new APIError('Not Found', 404)
}

/** Builds a response that is validated against its schema and must not be cached. */
export const buildResponse = <Schema extends z.ZodType>(
  schema: Schema,
  value: z.input<Schema>,
  status = 200,
): Response => Response.json(schema.parse(value), { status, headers: NO_STORE })

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

/** An action on a competitor for the audit log; `value` is its result. */
export type CompetitorAuditedAction<Value> = Omit<
  AuditedAction<Value>,
  'resourceType' | 'resource'
> & { competitor: string }

/** Runs an action and writes its audit entry in one transaction. */
export const withCompetitorAudit = <Value>(
  req: PayloadRequest,
  work: (client: pg.PoolClient) => Promise<CompetitorAuditedAction<Value>>,
): Promise<Value> =>
  withAudit(req, async (client) => {
    const { competitor, ...audited } = await work(client)
    return { ...audited, resourceType: 'competitors', resource: competitor }
  })
