import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import { APIError } from 'payload'

/**
 * What of an account a sign-in relies on, as it stood when the sign-in began; see
 * hooks/people/accounts.ts.
 */
export type AccountState = { role: unknown; is_active: unknown; hash: unknown }

type Database = Pick<PostgresAdapter['drizzle'], 'execute'>
type Session = { id: string; createdAt?: unknown; expiresAt?: unknown }
type Write = {
  collection: string
  id?: unknown
  data: Record<string, unknown>
  req?: { transactionID?: unknown; context?: Record<string, unknown> }
}

/**
 * Payload's sign-in, refresh and sign-out write the whole user as they read it, up to a hundred
 * milliseconds before (such a write has `updatedAt: null`): a deactivation, a new role or a new
 * password that lands in between would be undone. Here only the sessions are written, an ended
 * session stays ended, and a sign-in to an account that changed meanwhile is refused. Who ends
 * several sessions at once signs out everywhere: no device is a known one then.
 */
export function narrowSessionWrites(adapter: PostgresAdapter): void {
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
        'The account was changed at the same time. Sign in again.',
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
}

/**
 * The row of a sign-in (see collections/people/sessions.ts) lives as long as its session: gone with
 * it, longer when it is refreshed.
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
 * Locks the account of a session in the transaction that `db` is in, as a refresh does before it
 * writes: whoever ends the session does it before all else, so that neither waits for the other and
 * no refresh under way writes back what it read before.
 */
export async function lockAccount(db: Database, session: string): Promise<void> {
  await db.execute(
    sql`select from users where id = (select _parent_id from users_sessions
      where id = ${session}) for no key update`,
  )
}

/**
 * Ends a session by its id, in the transaction that `db` is in; its account is held there already.
 */
export async function endSession(db: Database, session: string): Promise<void> {
  await db.execute(sql`delete from users_sessions where id = ${session}`)
}

/**
 * A new session joins those that are there; otherwise only what is there can be kept. New is what
 * Payload made just now, with a Date: what it read from the database has its moment as a text, and
 * may have ended since.
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
