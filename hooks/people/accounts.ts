import { randomUUID } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeLoginHook,
  type CollectionBeforeOperationHook,
  type CollectionBeforeValidateHook,
  type SanitizedCollectionConfig,
  ValidationError,
} from 'payload'
import type { AccountState } from '../../src/database/payload-patches/session-writes.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { getPasswordReset } from '../../src/auth/staff/sign-in-methods.ts'
import { formatPasswordReset } from '../../src/domain/password-reset.ts'
import { isWeakPassword } from '../../src/auth/staff/weak-password.ts'
import { forgetDevices } from '../../src/auth/staff/known-devices.ts'
import { normalizeEmail } from '../../src/fields/text.ts'

/**
 * A user created in the panel or by a command signs in with a password: provider `local`, with a
 * unique subject.
 */
export const setLocalProvider: CollectionBeforeValidateHook = ({ data, operation }) => {
  if (operation === 'create' && data && !data['oauthProvider'])
    Object.assign(data, { oauthProvider: 'local', oauthId: randomUUID() })
  return data
}

const MIN_PASSWORD_LENGTH = 12

/** A password has twelve characters or more and is hard to guess, whoever sets it. */
export const checkPasswordStrength: CollectionBeforeValidateHook = async ({
  data,
  originalDoc,
  req,
}) => {
  const password: unknown = data?.['password']
  if (typeof password !== 'string' || password === '') return data
  const problem =
    password.length < MIN_PASSWORD_LENGTH
      ? `must have ${MIN_PASSWORD_LENGTH} characters or more, not ${password.length}`
      : (await isWeakPassword(password, listWords({ ...originalDoc, ...data })))
        ? 'is easy to guess. Use several unrelated words instead'
        : null
  if (problem === null) return data
  throw new ValidationError(
    { collection: 'users', errors: [{ path: 'password', message: problem }] },
    req.t,
  )
}

/** The texts about an account that its password must not be made of. */
const listWords = ({ email, name }: Record<string, unknown>): string[] =>
  [email, name].filter((text) => typeof text === 'string')

/** A deactivated user cannot sign in; a successful sign-in is stored as `lastLogin`. */
export const refuseInactive: CollectionBeforeLoginHook = async ({ req, user }) => {
  if (user['isActive'] === false)
    throw new APIError(
      'This account is deactivated. Ask an admin to reactivate it.',
      403,
      undefined,
      true,
    )
  const { db, tables } = getTransaction(req)
  await db.execute(sql`update ${tables['users']} set last_login = now() where id = ${user.id}`)
}

/** The account of a sign-in attempt as stored, with the secret that signs its device cookies. */
export type SignInAccount = AccountState & { id: string; deviceSecret: string | null }

/**
 * The state of the account when the sign-in begins: if the account changes before the session is
 * written, no session is created.
 */
export const rememberAccount: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const email: unknown =
    operation === 'login' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email !== 'string' || email.includes('\0')) return args
  const { db, tables } = getTransaction(req)
  const found = await db.execute(
    sql`select id, role, is_active, hash, secret as "deviceSecret" from ${tables['users']}
      left join device_secrets on user_id = id where email = ${normalizeEmail(email)}`,
  )
  const account = found.rows[0] as SignInAccount | undefined
  if (account) req.context['accountAtSignIn'] = account
  return args
}

/**
 * Passwords are not reset by e-mail, over REST or GraphQL. The error has the text of the panel's
 * page about forgotten passwords.
 */
export const disableMailedReset: CollectionBeforeOperationHook = ({ operation, args, req }) => {
  if (operation === 'forgotPassword' || operation === 'resetPassword')
    throw new APIError(formatPasswordReset(getPasswordReset(req.payload)), 403, undefined, true)
  return args
}

/**
 * The last active admin can neither change their role nor be deactivated. Locks the rows of all
 * admins before checkVersion locks the changed one, so that two admins cannot leave at the same
 * time, without a deadlock.
 */
export const keepLastAdmin: CollectionBeforeValidateHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const leaves =
    originalDoc?.role === 'admin' &&
    originalDoc.isActive !== false &&
    (data?.['role'] !== 'admin' || data['isActive'] === false)
  // the field refuses an invalid role
  if (operation !== 'update' || !leaves || !isRole(collection, data?.['role'])) return data
  const { db, tables } = getTransaction(req)
  const admins = await db.execute(
    sql`select id from ${tables['users']} where role = 'admin' and is_active is not false
      order by id for no key update`,
  )
  if (admins.rows.some((row) => row['id'] !== originalDoc.id)) return data
  throw new APIError(
    `${originalDoc.email} is the last active admin. Make someone else an admin first.`,
    409,
    undefined,
    true,
  )
}

function isRole({ flattenedFields }: SanitizedCollectionConfig, value: unknown): boolean {
  const field = flattenedFields.find(({ name }) => name === 'role')
  const options = field?.type === 'select' ? field.options : []
  return options.some((option) => (typeof option === 'string' ? option : option.value) === value)
}

/** The context key for the ID of the account whose password a request changed. */
export const PASSWORD_CHANGED = 'passwordChanged'

/**
 * A new password, another role or a deactivation ends every session of the user at the next
 * request, and resets their known devices.
 */
export const endSessions: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update') return data
  const changed =
    data['password'] ||
    (data['role'] && data['role'] !== originalDoc?.role) ||
    data['isActive'] === false
  if (!changed) return data
  if (data['password']) req.context[PASSWORD_CHANGED] = String(originalDoc?.id)
  await forgetDevices(req, String(originalDoc?.id))
  return { ...data, sessions: [] }
}
