import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { getIdentity } from '../access/identity.ts'
import { withRequestTransaction } from '../database/with-request-transaction.ts'
import type { FieldChange } from '../domain/audit-change.ts'
import { writeActivity } from './entries.ts'
import { getOrigin } from './origin.ts'

/** An action of staff members in the audit log, and the collection of the rows that it changes. */
export type AuditedAction = { action: string; resourceType: string }

/**
 * The result of an action: its value, and for the audit log the row and the changes. Never contains
 * the values of an input.
 */
export type AuditedResult<Value> = {
  value: Value
  resource?: string
  fields: Record<string, FieldChange>
}

/** Runs the work of an action in one transaction with its audit entry. */
export type RunAudited = <Value>(
  work: (client: pg.PoolClient) => Promise<AuditedResult<Value>>,
) => Promise<Value>

/** The staff member who sent the request; null for other callers. */
export function findStaffId(req: PayloadRequest): string | null {
  const identity = getIdentity(req)
  return identity.kind === 'staff' ? identity.id : null
}

/**
 * Runs the action in one transaction with its audit entry; returns once the database has committed
 * both.
 */
export function withAudit<Value>(
  req: PayloadRequest,
  { action, resourceType }: AuditedAction,
  work: (client: pg.PoolClient) => Promise<AuditedResult<Value>>,
): Promise<Value> {
  return withRequestTransaction(req, async (client) => {
    const { value, resource, fields } = await work(client)
    await writeActivity({ db: drizzle(client) }, findStaffId(req), {
      action,
      resourceType,
      resource,
      change: { fields },
      origin: getOrigin(req),
    })
    return value
  })
}
