import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { getIdentity } from '../access/identity.ts'
import { withRequestTransaction } from '../database/with-request-transaction.ts'
import type { FieldChange } from '../domain/audit-change.ts'
import { writeActivity } from './entries.ts'
import { getOrigin } from './origin.ts'

/**
 * An action of a staff member: its work, and its audit entry. Never contains the values of an
 * input.
 */
export type AuditedAction<Value> = {
  value: Value
  action: string
  resourceType: string
  resource: string | undefined
  fields: Record<string, FieldChange>
}

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
  work: (client: pg.PoolClient) => Promise<AuditedAction<Value>>,
): Promise<Value> {
  return withRequestTransaction(req, async (client) => {
    const { value, action, resourceType, resource, fields } = await work(client)
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
