import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import { APIError } from 'payload'

/**
 * The parts of an account that a sign-in relies on, as they were when the sign-in began; see
 * hooks/people/accounts.ts.
 */
export type AccountState = {
  role: unknown
  is_active: unknown
  hash: unknown
}

type Database = Pick<PostgresAdapter['drizzle'], 'execute'>
type Session = {
  id: string
  createdAt?: unknown
  expiresAt?: unknown
}
type Write = {
  collection: string
  id?: unknown
  data: Record<string, unknown>
  req?: { transactionID?: unknown; context?: Record<string, unknown> }
}

/**
 * Limits Payload's session writes to the sessions.
 *
 * Payload 3.90.1 signs in, refreshes and signs out by writing the whole user as it was read up to a
 * hundred milliseconds earlier (payload/dist/auth/sessions.js, operations/refresh.js, logout.js).
 * Such a write has `updatedAt: null`, and would undo a deactivation, a new role or a new password
 * from the meantime. With this patch, only the sessions are written, an ended session stays ended,
 * and a sign-in to an account that changed meanwhile is refused. Ending several sessions at once
 * means signing out everywhere, so the device cookies of the account become invalid, too.
 *
 * Can be removed when Payload writes sessions alone; the rows of `session` then need another way to
 * follow the sessions.
 */
export function narrowSessionWrites(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as {
    updateOne: (this: unknown, args: Write) => Promise<unknown>
  }
  const original = database.updateOne
  database.updateOne = async function (args) {
    const { collection, id, data, req } = args
    const written = data['sessions']
    if (collection !== 'users' || !Array.isArray(written)) return original.call(this, args)
    const open = adapter.sessions[String(await req?.transactionID)]
    const db = (open?.db as PostgresAdapter['drizzle'] | undefined) ?? adapter.drizzle
    if (data['updatedAt'] !== null) {
      const result = await original.call(this, args)
      await syncSessionRows(db, id)
      return result
    }
    const account = await db.execute(
      sql`select role, is_active, hash from users where id = ${id} for update`,
    )
    const found = await db.execute(
      sql`select id, created_at as "createdAt", expires_at as "expiresAt" from users_sessions
        where _parent_id = ${id} order by _order`,
    )
    const sessions = mergeSessions(written as Session[], found.rows as Session[])
    const began = req?.context?.['accountAtSignIn'] as AccountState | undefined
    if (began && !isSameAccount(began, account.rows[0] as AccountState | undefined))
      throw new APIError(
        'The account was changed during the sign-in. Sign in again.',
        401,
        undefined,
        true,
      )
    if (sessions.length === 0 && found.rows.length > 1)
      await db.execute(sql`delete from device_secrets where user_id = ${id}`)
    const result = await original.call(this, { ...args, data: { sessions, updatedAt: null } })
    await syncSessionRows(db, id)
    return result
  }
  return adapter
}

/**
 * Updates the rows of the collection in collections/people/sessions.ts: a row is deleted with its
 * session, and extended when the session is refreshed.
 */
async function syncSessionRows(db: Database, user: unknown): Promise<void> {
  await db.execute(sql`
    delete from session where sess ->> 'user' = ${user}::text
      and sid not in (select id from users_sessions where _parent_id = ${user}::uuid)`)
  await db.execute(sql`
    update session set expire = u.expires_at from users_sessions u
    where u._parent_id = ${user}::uuid and u.id = sid and expire is distinct from u.expires_at`)
}

/**
 * Combines the written sessions with the stored ones: new sessions are added, stored ones can only
 * be kept. A session is new if its creation time is a Date, which means that Payload has just
 * created it. Sessions that Payload read from the database have a text, and may have ended since.
 */
function mergeSessions(written: readonly Session[], there: readonly Session[]): Session[] {
  const storedIds = new Set(there.map(({ id }) => id))
  const last = written.at(-1)
  const isNew = last?.createdAt instanceof Date && !storedIds.has(last.id)
  return isNew ? [...there, last] : written.filter(({ id }) => storedIds.has(id))
}

const isSameAccount = (one: AccountState, other: AccountState | undefined) =>
  other !== undefined &&
  one.role === other.role &&
  one.is_active === other.is_active &&
  one.hash === other.hash
