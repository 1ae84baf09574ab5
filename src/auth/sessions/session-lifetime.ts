import { sql } from '@payloadcms/db-postgres'
import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { getTransaction } from '../../database/transaction.ts'

/**
 * A session ends after this many seconds without renewal, and after a maximum number of seconds in
 * total.
 */
export const IDLE_SECONDS = 30 * 60
const MAX_SESSION_SECONDS = 12 * 3600

/** Sessions last at most twelve hours: the last renewal that is allowed ends at that time. */
export const endLongSessions: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const session: unknown = (req.user as { _sid?: unknown } | null)?._sid
  if (operation !== 'refresh' || typeof session !== 'string') return args
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    select created_at < now() - make_interval(secs => ${MAX_SESSION_SECONDS - IDLE_SECONDS}) as long
      from users_sessions where id = ${session}`)
  if (rows[0]?.['long'] === false) return args
  throw new APIError('Your session ended after twelve hours. Sign in again.', 403, undefined, true)
}
