import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'

/**
 * Removes what shares and transfers know about an owner: invitations and offers to their address,
 * and their name on what they wrote as a guest. What they shared is deleted with their vehicles.
 */
export async function purgeSharing(
  db: Transaction['db'],
  { subject, email }: { subject: string; email: string | null },
): Promise<void> {
  await db.execute(sql`
    delete from vehicle_shares where guest_id = ${subject} or email = lower(${email}::text)`)
  await db.execute(sql`delete from vehicle_transfers where email = lower(${email}::text)`)
  for (const table of WRITTEN_TABLES)
    await db.execute(sql`
      update ${sql.identifier(table)} set written_by = null where written_by = ${subject}`)
}

/** The tables whose rows name the guest who wrote them. */
const WRITTEN_TABLES = [
  'fuel_logs',
  'maintenance_logs',
  'maintenance_schedules',
  'documents',
  'ownership_costs',
] as const
