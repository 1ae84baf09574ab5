import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

/** An owner as the other side of a share or transfer knows them, and where their mails go. */
export type Person = {
  subject: string
  email: string
  /** Whether the identity provider verified the address: else it could be anybody's. */
  isVerified: boolean
  mailTo: string
}

const PERSON = z.object({
  subject: z.string(),
  email: z.string(),
  isVerified: z.boolean(),
  mailTo: z.string(),
})

/** The active owner with this subject; null if there is none. */
export async function findPerson(db: Database, subject: string): Promise<Person | null> {
  const { rows } = await db.execute(sql`
    select auth0_sub as subject, lower(email) as email,
      coalesce(email_verified, false) as "isVerified",
      coalesce(case when notification_email_confirmed_at is not null then notification_email end,
        email) as "mailTo"
    from user_profiles where auth0_sub = ${subject} and deactivated_at is null`)
  return rows[0] ? PERSON.parse(rows[0]) : null
}

/**
 * Locks the profiles of both sides of a transfer, in one order, so that neither is purged or
 * deactivated before it is done. False if one of them is not active.
 */
export async function lockPeople(
  db: Database,
  subjects: readonly [string, string],
): Promise<boolean> {
  const [one, other] = subjects
  const { rows } = await db.execute(sql`
    select deactivated_at is null as active from user_profiles
    where auth0_sub in (${one}, ${other}) order by auth0_sub for share`)
  return rows.length === 2 && rows.every(({ active }) => active === true)
}
