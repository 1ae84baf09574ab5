import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { getPostgresAdapter, type Transaction, getTransaction } from '../database/transaction.ts'
import { listOwnerFiles } from '../documents/store/owner-files.ts'
import { deleteRemovedFiles } from '../documents/store/removed-files.ts'
import { listReportedStations, saveVerdict } from '../stations/store/reports.ts'
import { lockVehiclesOfPurge, purgeSharing } from '../sharing/store/purge.ts'
import { purgeSubmissions } from '../vehicle-history/store/submissions.ts'
import type { StoredFile } from './files.ts'
import { isLastGarageAdmin } from './last-garage-admin.ts'
import { listOwnedTables } from './owned-tables.ts'

const buildIsPurgedSql = (column: string) =>
  `encode(sha256(convert_to(${column}, 'UTF8')), 'hex') in (select subject_hash from purged_owners)`

/**
 * The owners to purge: those whose grace period is over, and purged ones whose rows came back with
 * a restored backup.
 */
export async function listSubjectsToPurge(payload: Payload, now: Date): Promise<string[]> {
  const { pool } = getPostgresAdapter(payload)
  const due = await pool.query<{ subject: string }>(
    'select auth0_sub as subject from user_profiles where deletion_scheduled_at <= $1 order ' +
      'by deletion_scheduled_at',
    [now.toISOString()],
  )
  const keyed = ['user_profiles', 'admin_users'].map((table) => ({ table, column: 'auth0_sub' }))
  const tables = [...listOwnedTables(payload), ...keyed]
  const back = tables.map(
    ({ table, column }) =>
      `select ${column} as subject from ${table} where ${buildIsPurgedSql(column)}`,
  )
  const returned = await pool.query<{ subject: string }>(back.join(' union '))
  return [...new Set([...due.rows, ...returned.rows].map(({ subject }) => subject))]
}

/**
 * Removes an owner in the transaction of `tx`: their rows in every table, mails to them, and
 * personal data in the audit log; and records that they were purged. Returns their files, which
 * must be removed too; null if nothing was done because the owner canceled in the meantime or is
 * the last garage admin.
 */
export async function purgeOwnerData(
  tx: PayloadRequest,
  subject: string,
  now: Date,
): Promise<StoredFile[] | null> {
  const { db } = getTransaction(tx)
  /*
   * Admins are locked before profiles, in the same order as when an account is deactivated: this
   * prevents deadlocks.
   */
  const isLast = await isLastGarageAdmin(db, subject)
  const { rows } = await db.execute(sql`
    select p.email, p.notification_email, p.email_verified, p.deletion_scheduled_at <=
      ${now.toISOString()}::timestamptz as due
    from user_profiles p where p.auth0_sub = ${subject} for update`)
  const [profile] = rows as {
    email: string
    notification_email: string | null
    email_verified: boolean | null
    due: boolean | null
  }[]
  const purged = await db.execute(
    sql`select 1 from purged_owners where subject_hash = ${hashSubject(subject)}`,
  )
  if (purged.rows.length === 0 && profile?.due !== true) return null
  if (isLast) return null
  await db.execute(
    sql`insert into purged_owners (subject_hash) values (${hashSubject(subject)})
      on conflict do nothing`,
  )
  const person = { subject, email: profile?.email_verified ? profile.email : null }
  await lockVehiclesOfPurge(db, person)
  const files = await listOwnerFiles(db, subject)
  const reported = await listReportedStations(db, subject)
  for (const { table, column } of listOwnedTables(tx.payload))
    await db.execute(
      sql`delete from ${sql.identifier(table)} where ${sql.identifier(column)} = ${subject}`,
    )
  await deleteRemovedFiles(db, files)
  for (const station of reported) await saveVerdict(db, station, now)
  await purgeSubmissions(db, subject)
  await db.execute(sql`delete from owner_storage where user_id = ${subject}`)
  await purgeSharing(db, person)
  await db.execute(sql`delete from calendar_feeds where user_id = ${subject}`)
  await db.execute(
    sql`delete from idempotency_keys where actor in (${`owner:${subject}`},
      ${`garage-admin:${subject}`})`,
  )
  if (profile)
    await db.execute(
      sql`delete from outgoing_mails where recipient in (${profile.email},
        ${profile.notification_email})`,
    )
  await anonymizeAdmin(db, subject)
  await db.execute(sql`delete from user_profiles where auth0_sub = ${subject}`)
  await db.execute(sql`select forecourt_blank_person(${subject})`)
  return files
}

/**
 * Keeps the fact that someone was a garage admin: one revoked row, under their name in the audit
 * log. A row that a restore brought back is deleted.
 */
async function anonymizeAdmin(db: Transaction['db'], subject: string): Promise<void> {
  const name = sql`forecourt_pseudonym(${subject})`
  await db.execute(
    sql`delete from admin_users where auth0_sub = ${subject} and exists (select from admin_users
      where auth0_sub = ${name})`,
  )
  await db.execute(sql`update admin_users set auth0_sub = ${name}, email = ${hashSubject(subject)}
    || '@purged.invalid',
    revoked_at = coalesce(revoked_at, now()) where auth0_sub = ${subject}`)
  await db.execute(sql`update admin_users set created_by = ${name} where created_by = ${subject}`)
}

const hashSubject = (subject: string) =>
  sql`encode(sha256(convert_to(${subject}::text, 'UTF8')), 'hex')`
