import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../database/transaction.ts'

/**
 * Whether an owner is the last garage admin who can come in. All of them are locked in one order, as hooks/people/garage-admins.ts does:
 * of two who leave at once, the second is the last.
 */
export async function isLastGarageAdmin(db: Transaction['db'], subject: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select a.auth0_sub, exists (select from user_profiles p where p.auth0_sub = a.auth0_sub and p.deactivated_at is null) as active
    from admin_users a where a.revoked_at is null order by a.auth0_sub for update of a`)
  const admins = rows as { auth0_sub: string; active: boolean }[]
  const isOne = admins.some((admin) => admin.auth0_sub === subject)
  return isOne && !admins.some((admin) => admin.active && admin.auth0_sub !== subject)
}
