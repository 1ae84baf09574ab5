import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

/**
 * Whether a vehicle is shared with an owner as an editor. The vehicle stays locked until the
 * transaction ends, as it is while a share ends: a write of an editor commits before that, or is
 * refused.
 */
export async function isEditor(
  db: Database,
  { vehicle, guest }: { vehicle: string; guest: string },
): Promise<boolean> {
  await db.execute(sql`select 1 from vehicles where id = ${vehicle} for no key update`)
  const { rows } = await db.execute(sql`
    select 1 from vehicle_shares s join vehicles v on v.id = s.vehicle_id
    where s.vehicle_id = ${vehicle} and s.guest_id = ${guest} and s.role = 'editor'
      and v.deleted_at is null`)
  return rows.length > 0
}
