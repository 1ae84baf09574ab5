import { setTimeout as sleep } from 'node:timers/promises'
import type { TrailChange } from '../../src/domain/trail-change.ts'
import type { TestForecourt } from './forecourt.ts'

/** A line of either table of the trail, as the database has it. */
export type Line = {
  user_id?: string | null
  actor_admin_id?: string
  target_admin_id?: string | null
  action: string
  resource_type: string | null
  resource_id: string | null
  resource_key?: string | null
  change: TrailChange | null
  ip_address: string | null
  user_agent: string | null
  request_id: string | null
}

/** The lines of the trail that a condition in SQL finds, oldest first. */
export type Trail = {
  activity: (where: string, values?: unknown[]) => Promise<Line[]>
  audit: (where: string, values?: unknown[]) => Promise<Line[]>
}

/** Reads the trail of a Forecourt past every access rule. */
export function trailOf({ sql }: Pick<TestForecourt, 'sql'>): Trail {
  const lines = async (table: string, column: string, where: string, values: unknown[] = []) => {
    const found = await sql(`select *, ${column} as change from ${table} where ${where} order by created_at`, values)
    return found.rows as Line[]
  }
  return {
    activity: (where, values) => lines('activity_logs', 'changes', where, values),
    audit: (where, values) => lines('admin_audit_logs', 'context', where, values),
  }
}

/** Waits, where less than so many seconds of a minute are left, for the next one: what follows falls into one minute. */
export async function withinOneMinute(seconds = 12): Promise<void> {
  const left = 60 - ((Date.now() / 1_000) % 60)
  if (left < seconds) await sleep(left * 1_000 + 100)
}
