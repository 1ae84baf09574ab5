import { sql } from '@payloadcms/db-postgres'
import {
  type AfterErrorHook,
  type CollectionAfterChangeHook,
  type CollectionBeforeValidateHook,
  getFieldsToSign,
  jwtSign,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { addSessionToUser, generatePayloadCookie } from 'payload/shared'
import {
  dropUnsavedCookies,
  NEW_SESSION_HEADER,
  recordNewSession,
} from '../sessions/new-session.ts'
import { getOrigin } from '../../audit/origin.ts'
import { getTransaction } from '../../database/transaction.ts'
import { isPassword } from '../rate-limits/password-check.ts'
import { createLimitError } from '../rate-limits/request-limits.ts'
import { PASSWORD_CHANGED } from '../../../hooks/people/accounts.ts'
import { setDeviceCookie } from './known-devices.ts'
import { writeSignInRow } from './sign-in-rows.ts'
import { normalizeEmail } from '../../fields/text.ts'
import { getService } from '../../services.ts'

const MISSING =
  'is required to change your own password. If you forgot it, ask an admin, or run: npm run ' +
  'admin -- reset-password EMAIL'
const WRONG = 'is not your current password'
const MAX_PASSWORD_LENGTH = 1_000

/**
 * Requires the current password when people change their own, and counts attempts like those of a
 * sign-in: a session left open must not be enough to take over the account. Throws a
 * ValidationError at `currentPassword`, or a 429. An admin who changes someone else's password
 * needs none: they could create an account anyway, and each change is in the audit log. Removes
 * `currentPassword` from the data.
 */
export const requireCurrentPassword: CollectionBeforeValidateHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!data) return data
  const { currentPassword, ...rest } = data as Record<string, unknown>
  const password = rest['password']
  if (operation !== 'update' || !password || !isOwnAccount(req, originalDoc?.id)) return rest
  if (typeof currentPassword !== 'string' || currentPassword === '')
    throw buildPasswordError(req, MISSING)
  const account = normalizeEmail(String(originalDoc?.email))
  const { address } = getOrigin(req)
  const limits = getService(req.payload, 'signInLimits')
  const verdict = await limits.consume(req.payload, account, address ?? '')
  if (!verdict.allowed)
    throw createLimitError(req, {
      message: 'Too many attempts with the wrong password.',
      seconds: verdict.seconds,
    })
  if (!(await isCurrentPassword(req, currentPassword.slice(0, MAX_PASSWORD_LENGTH))))
    throw buildPasswordError(req, WRONG)
  await limits.onSuccess(req.payload, account, address)
  return rest
}

/** Whether the caller changes their own account; calls without a user never do. */
const isOwnAccount = ({ user }: PayloadRequest, id: unknown): boolean =>
  user?.collection === 'users' && user.id === id

async function isCurrentPassword(req: PayloadRequest, password: string): Promise<boolean> {
  const { rows } = await getTransaction(req).db.execute(
    sql`select hash, salt from users where id = ${req.user?.id}`,
  )
  const { hash, salt } = rows[0] ?? {}
  return (
    typeof hash === 'string' && typeof salt === 'string' && isPassword(password, { hash, salt })
  )
}

const buildPasswordError = ({ t }: PayloadRequest, message: string) =>
  new ValidationError({ collection: 'users', errors: [{ path: 'currentPassword', message }] }, t)

/**
 * After people change their own password, ends all their sessions, including the current one, and
 * opens a new one. Its cookie and token are sent with the response.
 */
export const renewOwnSession: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  const id = String(doc.id)
  if (operation !== 'update' || req.context[PASSWORD_CHANGED] !== id || !isOwnAccount(req, id))
    return doc
  await getTransaction(req).db.execute(sql`delete from users_sessions where _parent_id = ${id}`)
  const { token, exp, sid, user } = await openSession(req, id)
  recordNewSession(req, sid)
  const { config } = req.payload.collections.users
  const cookie = generatePayloadCookie({
    collectionAuthConfig: config.auth,
    cookiePrefix: req.payload.config.cookiePrefix,
    token,
  })
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set(NEW_SESSION_HEADER, JSON.stringify({ token, exp }))
  req.responseHeaders.append('set-cookie', cookie)
  await setDeviceCookie(req, id)
  await writeSignInRow({ collection: config, context: req.context, req, token, user })
  return doc
}

type OpenedSession = {
  token: string
  exp: number
  sid: string
  user: SessionUser
}

async function openSession(req: PayloadRequest, id: string): Promise<OpenedSession> {
  const { payload } = req
  const { config } = payload.collections.users
  const user = (await payload.db.findOne({
    collection: 'users',
    req,
    where: { id: { equals: id } },
  })) as SessionUser
  const { sid } = await addSessionToUser({ collectionConfig: config, payload, req, user })
  const fieldsToSign = getFieldsToSign({
    collectionConfig: config,
    email: user.email,
    sid,
    user,
  } as never)
  const { exp, token } = await jwtSign({
    fieldsToSign,
    secret: payload.secret,
    tokenExpiration: config.auth.tokenExpiration,
  })
  return { token, exp, sid: String(sid), user }
}

type SessionUser = NonNullable<PayloadRequest['user']> & { email: string }

/** A failed request sends no cookie of a session or a device that the database did not save. */
export const dropCookies: AfterErrorHook = ({ req }) => dropUnsavedCookies(req)
