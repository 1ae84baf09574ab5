import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { getPostgresAdapter } from '../../database/transaction.ts'

/**
 * The header in which a response carries the token of a new session: REST moves it into the body
 * (src/auth/sessions/new-session-response.ts).
 */
export const NEW_SESSION_HEADER = 'x-forecourt-new-session'

/** The context key for the ID of a session that replaced the caller's. */
const NEW_SESSION_KEY = 'newSession'

/**
 * Records that a request opened a session. Its cookie and token are sent with the response if the
 * session is saved.
 */
export function recordNewSession(req: PayloadRequest, id: string): void {
  req.context[NEW_SESSION_KEY] = id
}

/**
 * Removes the cookies from the response to a request that partly failed, unless they belong to a
 * session that was saved: another part of the request may have succeeded. A cookie of a session
 * that does not exist must not replace a valid one.
 */
export async function dropUnsavedCookies(req: PayloadRequest): Promise<void> {
  if (!req.responseHeaders?.has('set-cookie') || (await isSessionSaved(req))) return
  req.responseHeaders.delete(NEW_SESSION_HEADER)
  req.responseHeaders.delete('set-cookie')
}

/**
 * Reads outside the transaction of the request, which may have failed. A database that does not
 * respond has not confirmed anything.
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
