import { sql } from '@payloadcms/db-postgres'
import { toJsonText } from '../database/json-text.ts'
import type { Transaction } from '../database/transaction.ts'
import type { AuditChange } from '../domain/audit-change.ts'
import { isUuid } from '../fields/uuid.ts'
import { type Actor, formatActor } from './actor.ts'
import type { Origin } from './origin.ts'

/** An audit entry: the action, the row and its collection, and the change. */
export type AuditEntry = {
  action: string
  resourceType?: string | null
  resource?: unknown
  change: AuditChange
  origin: Origin
  /** The admin whom an entry of `admin_audit_logs` is about. */
  target?: string | null
}

/** The maximum number of rate-limited entries per actor and minute; further ones are counted. */
export const MAX_PER_MINUTE = 20

const UNLIMITED = sql`with counted(seen) as (values (1))`

/**
 * Writes an entry of activity_logs; `user` is the staff member, null if unknown. Returns whether it
 * was written: not beyond the limit.
 */
export async function writeActivity(
  { db }: Pick<Transaction, 'db'>,
  user: string | null,
  entry: AuditEntry,
  counted = UNLIMITED,
): Promise<boolean> {
  const { address, userAgent, requestId } = entry.origin
  const key = toKeyText(entry.resource)
  const { rowCount } = await db.execute(sql`${counted}
    insert into activity_logs (user_id, action, resource_type, resource_id, resource_key, changes,
      ip_address, user_agent, request_id)
    select ${user}::uuid, ${entry.action}, ${entry.resourceType ?? null},
      ${isUuid(key) ? key : null}::uuid, ${isUuid(key) ? null : key},
      ${toJsonText(entry.change)}::jsonb, ${address}, ${userAgent}, ${requestId} from counted
        where seen <= ${MAX_PER_MINUTE}`)
  return rowCount === 1
}

/** Writes an entry of admin_audit_logs. */
export async function writeAudit(
  { db }: Pick<Transaction, 'db'>,
  actor: Actor,
  entry: AuditEntry,
  counted = UNLIMITED,
): Promise<void> {
  const { address, userAgent, requestId } = entry.origin
  await db.execute(sql`${counted}
    insert into admin_audit_logs (actor_admin_id, target_admin_id, action, resource_type,
      resource_id, context, ip_address, user_agent, request_id)
    select ${formatActor(actor)}, ${entry.target ?? null}, ${entry.action},
      ${entry.resourceType ?? null}, ${toKeyText(entry.resource)},
      ${toJsonText(entry.change)}::jsonb, ${address}, ${userAgent}, ${requestId} from counted
        where seen <= ${MAX_PER_MINUTE}`)
}

/** The key of a row as a text that the column holds; null when there is none. */
function toKeyText(key: unknown): string | null {
  if (typeof key !== 'string' && typeof key !== 'number') return null
  return String(key).replaceAll('\0', '').slice(0, 255) || null
}
