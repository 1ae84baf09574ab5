import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../database/transaction.ts'

/**
 * Whether an owner is the last garage admin who can sign in, or the last one if all are
 * deactivated. All rows are locked in one order first: if two leave at once, the second is the
 * last.
 */
export async function isLastGarageAdmin(db: Transaction['db'], subject: string): Promise<boolean> {
  await db.execute(
    sql`select from admin_users where revoked_at is null order by auth0_sub for update`,
  )
  const { rows } = await db.execute(sql`
    select a.auth0_sub as subject, exists (select from user_profiles p
      where p.auth0_sub = a.auth0_sub and p.deactivated_at is null) as active
    from admin_users a where a.revoked_at is null`)
  const admins = rows as { subject: string; active: boolean }[]
  const one = admins.find((admin) => admin.subject === subject)
  const others = admins.filter((admin) => admin !== one)
  return one !== undefined && !others.some(({ active }) => active || !one.active)
}
