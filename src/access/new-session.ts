import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { getPostgresAdapter } from '../database/transaction.ts'

/**
 * The header in which an answer carries the token of a new session: REST moves it into the body
 * (src/server/new-session.ts).
 */
export const NEW_SESSION_HEADER = 'x-forecourt-new-session'

/** Where a request keeps the id of a session that it opened in the place of the caller's. */
const NEW_SESSION_KEY = 'newSession'

/**
 * Notes that a request opened a session, whose cookie and token come with the answer if the session
 * is kept.
 */
export function recordNewSession(req: PayloadRequest, id: string): void {
  req.context[NEW_SESSION_KEY] = id
}

/**
 * Takes the cookies out of the answer to a request of which something failed, unless they are those
 * of a session that was kept: another part of the request may have succeeded. A cookie of a session
 * that is not there must not replace one that is still good.
 */
export async function dropUnsavedCookies(req: PayloadRequest): Promise<void> {
  if (!req.responseHeaders?.has('set-cookie') || (await isSessionSaved(req))) return
  req.responseHeaders.delete(NEW_SESSION_HEADER)
  req.responseHeaders.delete('set-cookie')
}

/**
 * Reads outside of the transaction of the request, which may have failed. A database that does not
 * answer has not confirmed anything.
 */
async function isSessionSaved({ context, payload }: PayloadRequest): Promise<boolean> {
  const id = (context as Record<string, unknown> | undefined)?.[NEW_SESSION_KEY]
  if (typeof id !== 'string') return false
  const found = getPostgresAdapter(payload).drizzle.execute(
    sql`select from users_sessions where id = ${id}`,
  )
  return found.then(
    ({ rowCount }) => rowCount === 1,
    () => false,
  )
}
