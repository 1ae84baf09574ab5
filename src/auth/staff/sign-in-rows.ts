import { sql } from '@payloadcms/db-postgres'
import { decodeJwt } from 'jose'
import type {
  CollectionAfterDeleteHook,
  CollectionAfterLoginHook,
  CollectionBeforeDeleteHook,
  CollectionBeforeReadHook,
} from 'payload'
import { getOrigin } from '../../audit/origin.ts'
import { toJsonText } from '../../database/json-text.ts'
import { endSession, lockAccount } from '../../database/end-session.ts'
import { getTransaction } from '../../database/transaction.ts'
import { parseDeviceName } from '../../domain/device.ts'

/** The context key for the provider of a sign-in; unset for a password. */
export const SIGN_IN_PROVIDER = 'signInProvider'

/**
 * The content of a sign-in's row. It contains no credentials: a token names the session, and is
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
 * Every sign-in has a row, with the ID of its Payload session and its lifetime;
 * src/database/payload-patches/session-writes.ts keeps the two in sync.
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

/**
 * Locks the account before a row is deleted, in the same order as a refresh: account first, row
 * second.
 */
export const lockAccountOfSession: CollectionBeforeDeleteHook = async ({ id, req }) => {
  await lockAccount(getTransaction(req).db, String(id))
}

/** Ends the session of a deleted row: the user must sign in again at the next request. */
export const endDeletedSession: CollectionAfterDeleteHook = async ({ id, req }) => {
  await endSession(getTransaction(req).db, String(id))
}

/**
 * Adds the user, time, method and origin of a sign-in. A row that is not a sign-in, such as a
 * handshake, has none.
 */
export const addSignInFields: CollectionBeforeReadHook = ({ doc }) => {
  const stored = (doc['sess'] ?? {}) as Partial<SignIn>
  const signIn = stored.payloadSession === doc['id'] ? stored : {}
  const { user = null, since = null, device = null, ip = null, provider = null } = signIn
  return { ...doc, user, since, device, ip, provider }
}
