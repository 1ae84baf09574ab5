import { sql } from '@payloadcms/db-postgres'
import { jsonText } from '../database/json-text.ts'
import type { Transaction } from '../database/transaction.ts'
import type { TrailChange } from '../domain/trail-change.ts'
import { isUuid } from '../fields/uuid.ts'
import { type Actor, actorName } from './actor.ts'
import type { Origin } from './origin.ts'

/** What a line says: what was done, to which row of which collection, and how it changed. */
export type Line = {
  action: string
  resourceType?: string | null
  resource?: unknown
  change: TrailChange
  origin: Origin
  /** The admin that a line of `admin_audit_logs` is about. */
  target?: string | null
}

/** As many lines as an actor may make in a minute of those that are limited; what comes beyond is counted. */
export const MOST_A_MINUTE = 20

const UNLIMITED = sql`with counted(seen) as (values (1))`

/**
 * Writes a line of activity_logs; `user` is the member of staff, null where nobody is known to have done it. Answers whether it was
 * written: not beyond the limit.
 */
export async function writeActivity(
  { db }: Pick<Transaction, 'db'>,
  user: string | null,
  line: Line,
  counted = UNLIMITED,
): Promise<boolean> {
  const { address, userAgent, requestId } = line.origin
  const key = keyText(line.resource)
  const { rowCount } = await db.execute(sql`${counted}
    insert into activity_logs (user_id, action, resource_type, resource_id, resource_key, changes, ip_address, user_agent, request_id)
    select ${user}::uuid, ${line.action}, ${line.resourceType ?? null}, ${isUuid(key) ? key : null}::uuid, ${isUuid(key) ? null : key},
      ${jsonText(line.change)}::jsonb, ${address}, ${userAgent}, ${requestId} from counted where seen <= ${MOST_A_MINUTE}`)
  return rowCount === 1
}

/** Writes a line of admin_audit_logs. */
export async function writeAudit({ db }: Pick<Transaction, 'db'>, actor: Actor, line: Line, counted = UNLIMITED): Promise<void> {
  const { address, userAgent, requestId } = line.origin
  await db.execute(sql`${counted}
    insert into admin_audit_logs (actor_admin_id, target_admin_id, action, resource_type, resource_id, context, ip_address, user_agent, request_id)
    select ${actorName(actor)}, ${line.target ?? null}, ${line.action}, ${line.resourceType ?? null}, ${keyText(line.resource)},
      ${jsonText(line.change)}::jsonb, ${address}, ${userAgent}, ${requestId} from counted where seen <= ${MOST_A_MINUTE}`)
}

/** The key of a row as a text that the column holds; null when there is none. */
function keyText(key: unknown): string | null {
  if (typeof key !== 'string' && typeof key !== 'number') return null
  return String(key).replaceAll('\0', '').slice(0, 255) || null
}
