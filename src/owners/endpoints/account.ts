import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { findBearerToken, type VerifyToken } from '../../access/owner-tokens.ts'
import { getPostgresAdapter, type Transaction } from '../../database/transaction.ts'
import { findMailAddressProblem } from '../../domain/mail-address.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import { writeMail } from '../../mail/write-mail.ts'
import { createConfirmationToken, createNonce, readConfirmation } from '../confirm-link.ts'
import { isLastGarageAdmin } from '../last-garage-admin.ts'
import { loadMe } from '../me.ts'
import type { Terms } from '../terms.ts'
import { runInTransaction } from '../run-in-transaction.ts'
import {
  describeJson,
  MESSAGE,
  describeRefusals,
  documentEndpoint,
} from '../../openapi/operation.ts'
import { ME } from '../api-schemas.ts'
import {
  parseBody,
  requireAccount,
  requireOwner,
  limitRequests,
  NO_STORE,
} from './require-owner.ts'

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
 * PATCH /api/me { displayName, notificationEmail }: no mail goes to another address before its link
 * is opened. Naming one anew that is not confirmed yet sends another link, and ends the one before.
 */
export const updateAccount = (terms: Terms | null): Endpoint =>
  documentEndpoint(
    {
      summary: 'Changes the name, or the address for mails, which counts once its link is opened',
      audience: ['owner'],
      body: CHANGE,
      responses: {
        200: describeJson('The account as it is now.', ME),
        ...describeRefusals(400, 401, 403, 429),
      },
    },
    {
      path: '/me',
      method: 'patch',
      handler: requireOwner(async (req, account) => {
        const input = await parseBody(
          req,
          CHANGE,
          '{ "displayName": "Ann", "notificationEmail": "ann@example.com" }',
        )
        if (input.notificationEmail) await limitRequests(req, 'change-email', account)
        const data = Object.fromEntries(
          Object.entries(input).filter(([, value]) => value !== undefined),
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
          const to = input.notificationEmail
          if (to && to !== rows[0]?.['confirmed']) await sendConfirmationLink(req, db, account, to)
        })
        return Response.json(await loadMe(req, account, terms), { headers: NO_STORE })
      }),
    },
  )

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
      `${to} was sent ${MAX_LINKS_PER_HOUR} links within the hour. Try again later.`,
      429,
    )
  const nonce = createNonce()
  await db.execute(
    sql`update user_profiles set notification_email_nonce = ${nonce} where id = ${profile}`,
  )
  const token = await createConfirmationToken(req.payload, { profile, nonce })
  const link = `${req.payload.config.serverURL}/api/me/notification-email/confirm?token=${token}`
  const request =
    'Somebody, we hope you, wants mails about their vehicles to come to this address. ' +
    'Open this link within a day if so:'
  const text = `${request}

${link}

If it was not you, do nothing: without the link no mail comes here.
`
  await writeMail(req, { to, subject: 'Confirm your address', text, about: 'confirm_address' })
}

/**
 * GET /api/me/notification-email/confirm?token=…: the link of that mail. It asks for no sign-in,
 * and does once.
 */
export const confirmAddress: Endpoint = documentEndpoint(
  {
    summary: 'Confirms the address for mails: the link of the mail that went there',
    audience: ['anybody'],
    query: z.object({ token: z.string() }),
    isMailLink: true,
    responses: { 200: describeJson('It is confirmed.', MESSAGE), ...describeRefusals(410) },
  },
  {
    path: '/me/notification-email/confirm',
    method: 'get',
    handler: async (req) => {
      const { token } = req.query
      const confirmation =
        typeof token === 'string' ? await readConfirmation(req.payload, token) : null
      const { rowCount } = await getPostgresAdapter(req.payload).pool.query(
        `update user_profiles set notification_email_confirmed_at = now(), notification_email_nonce
          = null
       where id = $1 and notification_email_nonce = $2 and notification_email is not null
         and deactivated_at is null`,
        [confirmation?.profile ?? null, confirmation?.nonce ?? null],
      )
      if (rowCount !== 1)
        throw new APIError(
          'This link was used before, is too old, or another address was named since.',
          410,
        )
      return Response.json(
        { message: 'The address is confirmed. Mails go there from now on.' },
        { headers: NO_STORE },
      )
    },
  },
)

/** POST /api/me/deactivate: nobody comes in with the account until its owner activates it again. */
export const deactivateAccount: Endpoint = documentEndpoint(
  {
    summary: 'Deactivates the account until its owner activates it again',
    audience: ['owner'],
    responses: {
      200: describeJson('It is deactivated.', MESSAGE),
      ...describeRefusals(401, 403, 409),
    },
  },
  {
    path: '/me/deactivate',
    method: 'post',
    handler: requireAccount(async (req, { profile, subject }) => {
      await runInTransaction(req, async (db) => {
        if (await isLastGarageAdmin(db, subject))
          throw new APIError('You are the last garage admin. Make another one first.', 409)
        await db.execute(sql`update user_profiles set deactivated_at = now(), deactivated_by =
          'owner'
        where id = ${profile} and deactivated_at is null`)
      })
      return Response.json(
        { message: 'The account is deactivated. POST /api/me/reactivate brings it back.' },
        { headers: NO_STORE },
      )
    }),
  },
)

/**
 * POST /api/me/reactivate: for who deactivated themselves; what an admin did, an admin undoes. The
 * token says who asks.
 */
export const reactivateAccount = (verifyToken: VerifyToken): Endpoint =>
  documentEndpoint(
    {
      summary: 'Activates an account that its owner deactivated',
      audience: ['owner'],
      responses: { 200: describeJson('It is active.', MESSAGE), ...describeRefusals(401, 403) },
    },
    {
      path: '/me/reactivate',
      method: 'post',
      handler: async (req) => {
        const token = findBearerToken(req.headers)
        const verified = token ? await verifyToken(token) : null
        if (!verified) throw new APIError('This is for owners, who come with an access token.', 401)
        const { rowCount } = await getPostgresAdapter(req.payload).pool.query(
          `update user_profiles set deactivated_at = null, deactivated_by = null
       where auth0_sub = $1 and (deactivated_by = 'owner' or deactivated_at is null)
         and not exists (select from purged_owners where subject_hash =
         encode(sha256(convert_to($1::text, 'UTF8')), 'hex'))`,
          [verified.subject],
        )
        if (rowCount !== 1)
          throw new APIError('This account is not yours to activate: ask an admin.', 403)
        return Response.json({ message: 'The account is active again.' }, { headers: NO_STORE })
      },
    },
  )
