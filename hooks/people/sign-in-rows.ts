import { sql } from '@payloadcms/db-postgres'
import { decodeJwt } from 'jose'
import type {
  CollectionAfterDeleteHook,
  CollectionAfterLoginHook,
  CollectionBeforeDeleteHook,
  CollectionBeforeReadHook,
} from 'payload'
import { getOrigin } from '../../src/audit/origin.ts'
import { toJsonText } from '../../src/database/json-text.ts'
import { endSession, lockAccount } from '../../src/database/session-writes.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { parseDeviceName } from '../../src/domain/device.ts'

/**
 * Under which name the context of a request says what somebody signs in with; a password where it
 * says nothing.
 */
export const SIGN_IN_PROVIDER = 'signInProvider'

/**
 * What the row of a sign-in keeps. Nothing of it opens anything: a token names the session, and is
 * signed.
 */
type SignIn = {
  payloadSession: string
  user: string
  since: string
  device: string | null
  ip: string | null
  provider: string
}

/**
 * Every sign-in has a row, under the id of its Payload session and until that ends;
 * session-writes.ts keeps the two together.
 */
export const writeSignInRow: CollectionAfterLoginHook = async ({ req, token, user }) => {
  const { sid } = decodeJwt<{ sid?: string }>(token)
  if (!sid) return
  const { address, userAgent } = getOrigin(req)
  const provider: unknown = req.context[SIGN_IN_PROVIDER]
  const row: SignIn = {
    payloadSession: sid,
    user: user.id,
    since: new Date().toISOString(),
    device: parseDeviceName(userAgent),
    ip: address,
    provider: typeof provider === 'string' ? provider : 'local',
  }
  await getTransaction(req).db.execute(sql`
    insert into session (sid, sess, expire) select id, ${toJsonText(row)}::jsonb, expires_at
      from users_sessions where id = ${sid}`)
}

/** Before a row is deleted: a refresh locks the account first and the row after it. */
export const lockAccountOfSession: CollectionBeforeDeleteHook = async ({ id, req }) => {
  await lockAccount(getTransaction(req).db, String(id))
}

/**
 * A row that an admin deletes takes its session along: whoever it is has to sign in again at their
 * next request.
 */
export const endDeletedSession: CollectionAfterDeleteHook = async ({ id, req }) => {
  await endSession(getTransaction(req).db, String(id))
}

/**
 * Tells who a row is about, since when, with what and from where. A row that is no sign-in's, such
 * as a handshake's, tells nothing.
 */
export const addSignInFields: CollectionBeforeReadHook = ({ doc }) => {
  const stored = (doc['sess'] ?? {}) as Partial<SignIn>
  const signIn = stored.payloadSession === doc['id'] ? stored : {}
  const { user = null, since = null, device = null, ip = null, provider = null } = signIn
  return { ...doc, user, since, device, ip, provider }
}
