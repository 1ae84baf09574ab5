import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { getIdentity } from '../access/identity.ts'
import { withRequestTransaction } from '../database/with-request-transaction.ts'
import type { FieldChange } from '../domain/audit-change.ts'
import { writeActivity } from './entries.ts'
import { getOrigin } from './origin.ts'

/**
 * What a member of staff did: what comes of it, and its line of the trail. Never the values of an
 * input.
 */
export type AuditedAction<Value> = {
  value: Value
  action: string
  resourceType: string
  resource: string | undefined
  fields: Record<string, FieldChange>
}

/** The member of staff who asks; null where it is nobody of them. */
export function findStaffId(req: PayloadRequest): string | null {
  const identity = getIdentity(req)
  return identity.kind === 'staff' ? identity.id : null
}

/** Does it in one transaction with its line of the trail; answers once the database has both. */
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
