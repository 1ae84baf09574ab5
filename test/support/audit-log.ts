import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditChange } from '../../src/domain/audit-change.ts'
import type { TestForecourt } from './forecourt.ts'

/** A line of either table of the audit log, as the database has it. */
export type AuditEntry = {
  user_id?: string | null
  actor_admin_id?: string
  target_admin_id?: string | null
  action: string
  resource_type: string | null
  resource_id: string | null
  resource_key?: string | null
  change: AuditChange | null
  ip_address: string | null
  user_agent: string | null
  request_id: string | null
}

/** The lines of the audit log that a condition in SQL finds, oldest first. */
export type AuditLog = {
  activity: (where: string, values?: unknown[]) => Promise<AuditEntry[]>
  audit: (where: string, values?: unknown[]) => Promise<AuditEntry[]>
}

/** Reads the audit log of a Forecourt past every access rule. */
export function openAuditLog({ sql }: Pick<TestForecourt, 'sql'>): AuditLog {
  const loadEntries = async (
    table: string,
    column: string,
    where: string,
    values: unknown[] = [],
  ) => {
    const found = await sql(
      `select *, ${column} as change from ${table} where ${where} order by created_at`,
      values,
    )
    return found.rows as AuditEntry[]
  }
  return {
    activity: (where, values) => loadEntries('activity_logs', 'changes', where, values),
    audit: (where, values) => loadEntries('admin_audit_logs', 'context', where, values),
  }
}

/**
 * Waits, where less than so many seconds of a minute are left, for the next one: what follows falls
 * into one minute.
 */
export async function withinOneMinute(seconds = 12): Promise<void> {
  const left = 60 - ((Date.now() / 1_000) % 60)
  if (left < seconds) await sleep(left * 1_000 + 100)
}
