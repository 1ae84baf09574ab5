import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'

type Database = Pick<PostgresAdapter['drizzle'], 'execute'>

/**
 * Locks the account of a session in the transaction of `db`, as a refresh does before it writes.
 * Code that ends a session must call this first: it then cannot deadlock with a refresh, and a
 * refresh cannot restore the sessions that it read before.
 */
export async function lockAccount(db: Database, session: string): Promise<void> {
  await db.execute(
    sql`select from users where id = (select _parent_id from users_sessions
      where id = ${session}) for no key update`,
  )
}

/**
 * Ends a session by its ID in the transaction of `db`, which must already hold the lock on the
 * account.
 */
export async function endSession(db: Database, session: string): Promise<void> {
  await db.execute(sql`delete from users_sessions where id = ${session}`)
}
