import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

/** How long the photos and the personal data of a submission that came to nothing are kept. */
export const PHOTO_DAYS = 90
export const PERSON_DAYS = 365

/** How many submissions one statement changes. */
const BATCH = 500

/** Rejected and withdrawn submissions without a change for some days. */
const endedBefore = (now: Date, days: number) => sql`
  submission_status in ('rejected', 'withdrawn')
  and coalesce(updated_at, submitted_at) < ${now.toISOString()}::timestamptz - make_interval(days =>
    ${days})`

/**
 * Deletes photos whose submission ended 90 days ago, at most those of 500 submissions. Their bytes
 * are removed by the sweep. Returns how many there were.
 */
export async function deleteOldPhotos(db: Database, now: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from submission_photos where submission_id in (
      select id from pending_submissions s where ${endedBefore(now, PHOTO_DAYS)}
        and exists (select from submission_photos p where p.submission_id = s.id) limit ${BATCH})`)
  return rowCount ?? 0
}

/**
 * Removes who asked about a car, and what they wrote, from enquiries that nobody changed for a
 * year. Returns how many enquiries there were.
 */
export async function eraseEnquirers(db: Database, now: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update enquiries set name = null, email = null, phone = null, message = null
    where id in (select id from enquiries
      where updated_at < ${now.toISOString()}::timestamptz - make_interval(days => ${PERSON_DAYS})
        and num_nonnulls(name, email, phone, message) > 0 limit ${BATCH})`)
  return rowCount ?? 0
}

/** Removes the customer of a submission and what they wrote, and revokes their links. */
export const ERASED_COLUMNS = sql`
  customer_name = null, customer_email = null, customer_phone = null, additional_notes = null,
  question = null, answer = null, rejection_reason = null,
  link_version = coalesce(link_version, 1) + 1`

/**
 * Removes who offered a car, and what they wrote, from submissions that ended a year ago, and
 * revokes their links. Returns how many submissions there were.
 */
export async function erasePersonalData(db: Database, now: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update pending_submissions set ${ERASED_COLUMNS}
    where id in (select id from pending_submissions where ${endedBefore(now, PERSON_DAYS)}
      and num_nonnulls(customer_name, customer_email, customer_phone, additional_notes, question,
        answer, rejection_reason) > 0 limit ${BATCH})`)
  return rowCount ?? 0
}
