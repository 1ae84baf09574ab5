import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionAfterChangeHook,
  type CollectionBeforeOperationHook,
  type CollectionBeforeValidateHook,
  type PayloadRequest,
} from 'payload'
import { formatProviders, getSignInMethods } from '../../src/access/sign-in-methods.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { writeMail } from '../../src/mail/write-mail.ts'

const PASSWORDS_OFF = 'Passwords are turned off on this server (LOCAL_PASSWORDS).'

/**
 * Where passwords are off, none opens the panel: neither over REST nor over GraphQL, and whether it
 * is right or wrong.
 */
export const refusePasswords: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation === 'login' && !getSignInMethods(req.payload.config).passwords)
    throw new APIError(`${PASSWORDS_OFF} Sign in with your provider.`, 403, undefined, true)
  return args
}

/**
 * Somebody who is made without a password is invited: the first sign-in with a provider that
 * vouches for their e-mail address claims the account. Nobody ever knows the password that Payload
 * asks for. Where there is no provider, Payload asks for a password itself.
 */
export const inviteWithoutPassword: CollectionBeforeValidateHook = ({ data, operation, req }) => {
  const { passwords, providers } = getSignInMethods(req.payload.config)
  if (data?.['password'] && req.user && !passwords)
    throw new APIError(
      `${PASSWORDS_OFF} Leave the password out: the new user will be invited by mail.`,
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

/**
 * An invitation has its own id for a subject until it is claimed, and tells whoever it is for by
 * mail.
 */
export const sendInvitation: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation !== 'create' || doc.oauthProvider !== 'invited') return doc
  const { db, tables } = getTransaction(req)
  await db.execute(sql`update ${tables['users']} set oauth_id = id::text where id = ${doc.id}`)
  await mailInvitation(req, { email: doc.email, name: doc.name })
  return { ...doc, oauthId: doc.id }
}

/**
 * Makes an account one that was invited: whoever signs in next with a provider that vouches for its
 * address claims it. What it was linked to, its password and its sessions are over. Answers whether
 * there is one with this address. In the transaction of `req`.
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
  const by = formatProviders(req.payload.config)
  await writeMail(req, {
    to: email,
    subject: 'You are invited to Forecourt',
    text:
      `Hello ${name},\n\nYou now have an account at ${serverURL}/admin. Sign in with ${by} ` +
      `as ${email}.\n\nYou do not need a password. If you did not expect this mail, ignore ` +
      'it.\n',
    about: 'invitation',
  })
}
