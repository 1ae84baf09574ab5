import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { APIError, type PayloadHandler, type PayloadRequest, UnauthorizedError } from 'payload'
import type pg from 'pg'
import { z } from 'zod'
import { identityOf } from '../../../src/access/identity.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { writeActivity } from '../../../src/audit/lines.ts'
import { originOf } from '../../../src/audit/origin.ts'
import { inTransaction } from '../../../src/database/in-transaction.ts'
import { postgresOf } from '../../../src/database/transaction.ts'
import type { FieldChange } from '../../../src/domain/trail-change.ts'
import { isUuid } from '../../../src/fields/uuid.ts'
import type { Competitor, Sql } from '../domain/runs.ts'
import { findCompetitor, sqlOver } from '../store.ts'

/** What names a competitor, or a car of theirs, in an address. */
export const ID = z.object({ id: z.uuid() })

/** A handler that active members of staff ask, or only those who manage the lot. Others are refused before they hear of anything. */
export const forStaff =
  (who: 'staff' | 'managers', handler: PayloadHandler): PayloadHandler =>
  (req) => {
    if (!req.user) throw new UnauthorizedError(req.t)
    if (!permissions.isStaff({ req })) throw new APIError('Competitors are for active members of staff.', 403)
    if (who === 'managers' && !permissions.canManageLot({ req })) throw new APIError('This is for who manages the lot.', 403)
    return handler(req)
  }

/** The part of the address that is an id. Throws 404 for one that can be none. */
export function idOf(req: PayloadRequest, name = 'id'): string {
  const id = req.routeParams?.[name]
  if (isUuid(id)) return id
  throw new APIError('Not Found', 404)
}

/** The competitor that the address names. */
export async function competitorAt(req: PayloadRequest): Promise<Competitor> {
  const competitor = await findCompetitor(req, idOf(req))
  if (competitor) return competitor
  throw new APIError('Not Found', 404)
}

/** An answer, held to what it is said to be; old as soon as it is sent. */
export const answer = <Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>, status = 200): Response =>
  Response.json(schema.parse(value), { status, headers: { 'cache-control': 'no-store' } })

/** The member of staff who asks; null where it is nobody of them. */
export function staffOf(req: PayloadRequest): string | null {
  const identity = identityOf(req)
  return identity.kind === 'staff' ? identity.id : null
}

/** Statements of the room on a connection of our own, in the transaction that it has open. */
export const sqlOn = (client: pg.PoolClient): Sql => sqlOver({ db: drizzle(client) })

/** A moment of a row as the API says it, in a statement: ISO 8601 in UTC, to the millisecond. */
export const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Statements on the pool. */
export const sqlOfPool =
  (req: PayloadRequest): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await postgresOf(req.payload).pool.query<Row & pg.QueryResultRow>(text, [...values])).rows

/** What somebody did to a competitor, for the trail; `value` is what comes of it. */
export type Deed<Value> = { value: Value; action: string; competitor: string; fields: Record<string, FieldChange> }

/** Does it in one transaction with its line of the trail. */
export async function inTrail<Value>(req: PayloadRequest, work: (client: pg.PoolClient) => Promise<Deed<Value>>): Promise<Value> {
  return inTransaction(postgresOf(req.payload).pool, async (client) => {
    const { value, action, competitor, fields } = await work(client)
    const line = { action, resourceType: 'competitors', resource: competitor, change: { fields }, origin: originOf(req) }
    await writeActivity({ db: drizzle(client) }, staffOf(req), line)
    return value
  })
}
