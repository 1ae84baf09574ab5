import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionAfterChangeHook,
  type CollectionBeforeOperationHook,
  type CollectionBeforeValidateHook,
} from 'payload'
import { signInWays } from '../../src/access/sign-in-ways.ts'
import { transactionOf } from '../../src/database/transaction.ts'
import { writeMail } from '../../src/mail/write-mail.ts'

const PASSWORDS_OFF = 'Passwords are off here (LOCAL_PASSWORDS).'

/** Where passwords are off, none opens the panel: neither over REST nor over GraphQL, and whether it is right or wrong. */
export const refusePasswords: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation === 'login' && !signInWays(req.payload.config).passwords)
    throw new APIError(`${PASSWORDS_OFF} Sign in with your provider.`, 403, undefined, true)
  return args
}

/**
 * Somebody who is made without a password is invited: the first sign-in with a provider that vouches for their e-mail address claims the
 * account. Nobody ever knows the password that Payload asks for. Where there is no provider, Payload asks for a password itself.
 */
export const inviteWithoutPassword: CollectionBeforeValidateHook = ({ data, operation, req }) => {
  const { passwords, providers } = signInWays(req.payload.config)
  if (data?.['password'] && req.user && !passwords)
    throw new APIError(`${PASSWORDS_OFF} Leave the password out: whoever it is will be invited by mail.`, 400, undefined, true)
  if (operation !== 'create' || !data || data['password'] || data['oauthProvider'] || providers.length === 0) return data
  return { ...data, oauthProvider: 'invited', oauthId: randomUUID(), password: randomBytes(32).toString('base64url') }
}

/** An invitation has its own id for a subject until it is claimed, and tells whoever it is for by mail. */
export const sendInvitation: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation !== 'create' || doc.oauthProvider !== 'invited') return doc
  const { db, tables } = transactionOf(req)
  await db.execute(sql`update ${tables['users']} set oauth_id = id::text where id = ${doc.id}`)
  const { providers } = signInWays(req.payload.config)
  const by = providers.map(({ label }) => label).join(' or ')
  await writeMail(req, {
    to: doc.email,
    subject: 'You are invited to Forecourt',
    text: `Hello ${doc.name},\n\nyou have an account at ${req.payload.config.serverURL}/admin now. Sign in with ${by}, as ${doc.email}.\n\nNo password is needed. If you did not expect this, do nothing.\n`,
    about: 'invitation',
  })
  return { ...doc, oauthId: doc.id }
}
