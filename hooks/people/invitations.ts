import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionAfterChangeHook,
  type CollectionBeforeOperationHook,
  type CollectionBeforeValidateHook,
  type PayloadRequest,
} from 'payload'
import { formatProviders } from '../../src/auth/staff/sign-in-methods.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { writeMail } from '../../src/mail/write-mail.ts'
import { getService } from '../../src/services.ts'

const PASSWORDS_OFF = 'Passwords are turned off on this server (LOCAL_PASSWORDS).'

/**
 * If passwords are turned off, no password is accepted: neither over REST nor over GraphQL, whether
 * right or wrong.
 */
export const refusePasswords: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation === 'login' && !getService(req.payload, 'signIn').passwords)
    throw new APIError(`${PASSWORDS_OFF} Sign in with your provider.`, 403, undefined, true)
  return args
}

/**
 * A user created without a password is invited: the first sign-in with a provider that verified
 * their e-mail address claims the account. No one ever knows the password that Payload requires.
 * Without a provider, Payload requires a password.
 */
export const inviteWithoutPassword: CollectionBeforeValidateHook = ({ data, operation, req }) => {
  const { passwords, providers } = getService(req.payload, 'signIn')
  if (data?.['password'] && req.user && !passwords)
    throw new APIError(
      `${PASSWORDS_OFF} Leave the password out: the new user will be invited by e-mail.`,
      400,
      undefined,
      true,
    )
  if (
    operation !== 'create' ||
    !data ||
    data['password'] ||
    data['oauthProvider'] ||
    providers.length === 0
  )
    return data
  return {
    ...data,
    oauthProvider: 'invited',
    oauthId: randomUUID(),
    password: randomBytes(32).toString('base64url'),
  }
}

/** An invitation uses its own ID as the subject until it is claimed, and is sent by mail. */
export const sendInvitation: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation !== 'create' || doc.oauthProvider !== 'invited') return doc
  const { db, tables } = getTransaction(req)
  await db.execute(sql`update ${tables['users']} set oauth_id = id::text where id = ${doc.id}`)
  await mailInvitation(req, { email: doc.email, name: doc.name })
  return { ...doc, oauthId: doc.id }
}

/**
 * Turns an account into an invitation: the next sign-in with a provider that verified its address
 * claims it. Its link to a provider, its password and its sessions are removed. Returns whether an
 * account with this address exists. In the transaction of `req`.
 */
export async function reinviteUser(req: PayloadRequest, email: string): Promise<boolean> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    update users set oauth_provider = 'invited', oauth_id = id::text, oauth_issuer = null, hash =
      null, salt = null
    where email = ${email} returning id, name`)
  const [user] = rows as { id: string; name: string }[]
  if (!user) return false
  await db.execute(sql`delete from users_sessions where _parent_id = ${user.id}`)
  await db.execute(sql`delete from session where sess ->> 'user' = ${user.id}`)
  await db.execute(sql`delete from device_secrets where user_id = ${user.id}`)
  await mailInvitation(req, { email, name: user.name })
  return true
}

async function mailInvitation(
  req: PayloadRequest,
  { email, name }: { email: string; name: string },
): Promise<void> {
  const { serverURL } = req.payload.config
  const by = formatProviders(req.payload)
  await writeMail(req, {
    to: email,
    subject: 'You have been invited to Forecourt',
    text:
      `Hello ${name},\n\nYou now have an account at ${serverURL}/admin. Sign in with ${by} ` +
      `as ${email}.\n\nYou do not need a password. If you did not expect this e-mail, ignore ` +
      'it.\n',
    about: 'invitation',
  })
}
