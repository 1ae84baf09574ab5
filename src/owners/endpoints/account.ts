import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { findBearerToken, type VerifyToken } from '../../auth/owners/owner-tokens.ts'
import { getPostgresAdapter, type Transaction } from '../../database/transaction.ts'
import { findMailAddressProblem } from '../../domain/mail-address.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import { writeMail } from '../../mail/write-mail.ts'
import { createConfirmationToken, createNonce, readConfirmation } from '../confirm-link.ts'
import { isLastGarageAdmin } from '../last-garage-admin.ts'
import { loadMe } from '../me.ts'
import type { Terms } from '../terms.ts'
import { runInTransaction } from '../run-in-transaction.ts'
import { type Access, callers, OWNERS_ONLY, type EndpointContext } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { ME } from '../api-schemas.ts'

const address = lineInput()
  .max(255)
  .superRefine((value, about) => {
    const problem = findMailAddressProblem(value)
    if (problem) about.addIssue(problem)
  })
const CHANGE = z.strictObject({
  displayName: lineInput().min(1).max(100).nullable().optional(),
  notificationEmail: address.nullable().optional(),
})
const MAX_LINKS_PER_HOUR = 5

/**
 * PATCH /api/me { displayName, notificationEmail }: no mail is sent to a new address before its
 * link is opened. Setting an unconfirmed address again sends a new link, and invalidates the
 * previous one.
 */
export const updateAccount = (terms: Terms | null): Endpoint =>
  endpoint({
    method: 'patch',
    path: '/me',
    summary:
      'Changes the display name or the notification address; a new address takes effect once ' +
      'the link that was e-mailed to it is opened',
    access: callers.owner,
    body: CHANGE,
    bodyExample: '{ "displayName": "Ann", "notificationEmail": "ann@example.com" }',
    response: describeJson('The account after the change.', ME),
    refusals: [400, 401, 403, 429],
    handler: async ({ req, account }, { body }) => {
      if (body.notificationEmail) await limitRequests(req, 'change-email', account)
      const data = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      )
      await runInTransaction(req, async (db) => {
        const { rows } = await db.execute(sql`
          select case when notification_email_confirmed_at is not null
            then notification_email end as confirmed
          from user_profiles where id = ${account.profile} for update`)
        await req.payload.update({
          collection: 'user-profiles',
          id: account.profile,
          data,
          overrideAccess: false,
          req,
        })
        const to = body.notificationEmail
        if (to && to !== rows[0]?.['confirmed']) await sendConfirmationLink(req, db, account, to)
      })
      return loadMe(req, account, terms)
    },
  })

async function sendConfirmationLink(
  req: PayloadRequest,
  db: Transaction['db'],
  { profile }: Account,
  to: string,
): Promise<void> {
  const { rows } = await db.execute(sql`select count(*)::int as sent from outgoing_mails
    where recipient = ${to} and about = 'confirm_address' and created_at > now() - interval
      '1 hour'`)
  if (Number(rows[0]?.['sent']) >= MAX_LINKS_PER_HOUR)
    throw new APIError(
      `${MAX_LINKS_PER_HOUR} links were sent to ${to} within the last hour. Try again later.`,
      429,
    )
  const nonce = createNonce()
  await db.execute(
    sql`update user_profiles set notification_email_nonce = ${nonce} where id = ${profile}`,
  )
  const token = await createConfirmationToken(req.payload, { profile, nonce })
  const link = `${req.payload.config.serverURL}/api/me/notification-email/confirm?token=${token}`
  const text =
    'Someone (hopefully you) asked us to send vehicle notifications to this address. To confirm, ' +
    `open this link within 24 hours:\n\n${link}\n\n` +
    'If this was not you, ignore this e-mail: nothing will be sent here until the link is opened.\n'
  await writeMail(req, { to, subject: 'Confirm your address', text, about: 'confirm_address' })
}

/**
 * GET /api/me/notification-email/confirm?token=…: the link in that mail. It requires no sign-in,
 * and works once.
 */
export const confirmAddress = endpoint({
  method: 'get',
  path: '/me/notification-email/confirm',
  summary: 'Confirms the notification address with the link that was e-mailed to it',
  access: callers.anybody,
  query: z.object({ token: z.string() }),
  inputErrors: { query: createLinkError },
  isMailLink: true,
  response: describeJson('The address is confirmed.', MESSAGE),
  refusals: [410],
  handler: async ({ req }, { query: { token } }) => {
    const confirmation = await readConfirmation(req.payload, token)
    const { rowCount } = await getPostgresAdapter(req.payload).pool.query(
      `update user_profiles set notification_email_confirmed_at = now(), notification_email_nonce
          = null
       where id = $1 and notification_email_nonce = $2 and notification_email is not null
         and deactivated_at is null`,
      [confirmation?.profile ?? null, confirmation?.nonce ?? null],
    )
    if (rowCount !== 1) throw createLinkError()
    return { message: 'The address is confirmed. Notifications will be sent to it from now on.' }
  },
})

function createLinkError(): APIError {
  return new APIError(
    'This link has expired, was already used, or belongs to an address that has ' +
      'since been changed. Set the address again to get a new link.',
    410,
  )
}

/** POST /api/me/deactivate: the account cannot be used until its owner reactivates it. */
export const deactivateAccount = endpoint({
  method: 'post',
  path: '/me/deactivate',
  summary: 'Deactivates the account until its owner reactivates it',
  access: callers.account,
  response: describeJson('The account is deactivated.', MESSAGE),
  refusals: [401, 403, 409],
  handler: async ({ req, account: { profile, subject } }) => {
    await runInTransaction(req, async (db) => {
      if (await isLastGarageAdmin(db, subject))
        throw new APIError(
          'You are the last garage admin. Make someone else a garage admin first.',
          409,
        )
      await db.execute(sql`update user_profiles set deactivated_at = now(), deactivated_by =
          'owner'
        where id = ${profile} and deactivated_at is null`)
    })
    return {
      message: 'Your account is deactivated. To reactivate it, send POST /api/me/reactivate.',
    }
  },
})

/**
 * POST /api/me/reactivate: for owners who deactivated their own account; only an admin can undo
 * what an admin did. The token identifies the caller.
 */
export const reactivateAccount = (verifyToken: VerifyToken): Endpoint =>
  endpoint({
    method: 'post',
    path: '/me/reactivate',
    summary: 'Reactivates an account that its owner deactivated',
    access: requireOwnerToken(verifyToken),
    response: describeJson('The account is active.', MESSAGE),
    refusals: [401, 403],
    handler: async ({ req, subject }) => {
      const { rowCount } = await getPostgresAdapter(req.payload).pool.query(
        `update user_profiles set deactivated_at = null, deactivated_by = null
       where auth0_sub = $1 and (deactivated_by = 'owner' or deactivated_at is null)
         and not exists (select from purged_owners where subject_hash =
         encode(sha256(convert_to($1::text, 'UTF8')), 'hex'))`,
        [subject],
      )
      if (rowCount !== 1)
        throw new APIError('You cannot reactivate this account yourself. Contact an admin.', 403)
      return { message: 'Your account is active again.' }
    },
  })

/** Callers with an owner's token, whose account may be deactivated. */
const requireOwnerToken = (
  verifyToken: VerifyToken,
): Access<EndpointContext & { subject: string }> => ({
  audience: ['owner'],
  check: async (req) => {
    const token = findBearerToken(req.headers)
    const verified = token ? await verifyToken(token) : null
    if (!verified) throw new APIError(OWNERS_ONLY, 401)
    return { req, subject: verified.subject }
  },
})
