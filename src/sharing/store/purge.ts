import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'

type Purged = { subject: string; email: string | null }

/**
 * Locks the vehicles of an owner, and those of others that they have access to or wrote about as a
 * guest, before a purge locks rows about them: this prevents deadlocks.
 */
export async function lockVehiclesOfPurge(
  db: Transaction['db'],
  { subject, email }: Purged,
): Promise<void> {
  const written = WRITTEN_TABLES.map(
    (table) => sql`
      union select vehicle_id from ${sql.identifier(table)} where written_by = ${subject}`,
  )
  await db.execute(sql`
    select 1 from vehicles where user_id = ${subject} or id in (
      select vehicle_id from vehicle_shares
      where guest_id = ${subject} or email = lower(${email}::text)
      ${sql.join(written)})
    order by id for update`)
}

/**
 * Removes what shares and transfers know about an owner: invitations and offers to their address,
 * their name on what they wrote as a guest, and their address in mails to the other side. What they
 * shared is deleted with their vehicles.
 */
export async function purgeSharing(
  db: Transaction['db'],
  { subject, email }: Purged,
): Promise<void> {
  await db.execute(sql`
    delete from vehicle_shares where guest_id = ${subject} or email = lower(${email}::text)`)
  await db.execute(sql`delete from vehicle_transfers where email = lower(${email}::text)`)
  for (const table of WRITTEN_TABLES)
    await db.execute(sql`
      update ${sql.identifier(table)} set written_by = null where written_by = ${subject}`)
  if (email !== null) await anonymizeMails(db, email)
}

const NOBODY = '(deleted account)'

/** Takes the address of an owner out of the mails about shares and transfers to the other side. */
async function anonymizeMails(db: Transaction['db'], email: string): Promise<void> {
  const escaped = email.toLowerCase().replaceAll(/[^\w@]/g, '\\$&')
  const pattern = `(^|\\s)${escaped}(?![\\w@-]|\\.\\w)`
  const replaceSql = (column: string) =>
    sql`regexp_replace(${sql.identifier(column)}, ${pattern}, ${`\\1${NOBODY}`}, 'g')`
  await db.execute(sql`
    update outgoing_mails set subject = ${replaceSql('subject')}, text = ${replaceSql('text')}
    where about ~ '^(share|transfer)_' and (subject ~ ${pattern} or text ~ ${pattern})`)
}

/** The tables whose rows name the guest who wrote them. */
const WRITTEN_TABLES = [
  'fuel_logs',
  'maintenance_logs',
  'maintenance_schedules',
  'documents',
  'ownership_costs',
] as const
