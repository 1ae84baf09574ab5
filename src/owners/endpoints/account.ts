import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { bearerOf, type VerifyToken } from '../../access/owner-tokens.ts'
import { postgresOf, type Transaction } from '../../database/transaction.ts'
import { mailAddressProblem } from '../../domain/mail-address.ts'
import { writtenLine } from '../../domain/written-schema.ts'
import { writeMail } from '../../mail/write-mail.ts'
import { confirmationToken, newNonce, readConfirmation } from '../confirm-link.ts'
import { isLastGarageAdmin } from '../last-garage-admin.ts'
import { meOf } from '../me.ts'
import type { Terms } from '../terms.ts'
import { transacted } from '../transacted.ts'
import { json, MESSAGE, refusals, stated } from '../../openapi/operation.ts'
import { ME } from '../api-schemas.ts'
import { bodyOf, forAccount, forOwner, limitRequests, NO_STORE } from './for-owner.ts'

const address = writtenLine()
  .max(255)
  .superRefine((said, about) => {
    const problem = mailAddressProblem(said)
    if (problem) about.addIssue(problem)
  })
const CHANGE = z.strictObject({
  displayName: writtenLine().min(1).max(100).nullable().optional(),
  notificationEmail: address.nullable().optional(),
})
const MOST_LINKS_AN_HOUR = 5

/**
 * PATCH /api/me { displayName, notificationEmail }: no mail goes to another address before its link is opened. Naming one anew that is not
 * confirmed yet sends another link, and ends the one before.
 */
export const changeMe = (terms: Terms | null): Endpoint =>
  stated(
    {
      summary: 'Changes the name, or the address for mails, which counts once its link is opened',
      askers: ['owner'],
      body: CHANGE,
      answers: { 200: json('The account as it is now.', ME), ...refusals(400, 401, 403, 429) },
    },
    {
      path: '/me',
      method: 'patch',
      handler: forOwner(async (req, account) => {
        const said = await bodyOf(req, CHANGE, '{ "displayName": "Ann", "notificationEmail": "ann@example.com" }')
        if (said.notificationEmail) await limitRequests(req, 'change-email', account)
        const data = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
        await transacted(req, async (db) => {
          const { rows } = await db.execute(sql`
            select case when notification_email_confirmed_at is not null then notification_email end as confirmed
            from user_profiles where id = ${account.profile} for update`)
          await req.payload.update({ collection: 'user-profiles', id: account.profile, data, overrideAccess: false, req })
          const to = said.notificationEmail
          if (to && to !== rows[0]?.['confirmed']) await sendLink(req, db, account, to)
        })
        return Response.json(await meOf(req, account, terms), { headers: NO_STORE })
      }),
    },
  )

async function sendLink(req: PayloadRequest, db: Transaction['db'], { profile }: Account, to: string): Promise<void> {
  const { rows } = await db.execute(sql`select count(*)::int as sent from outgoing_mails
    where recipient = ${to} and about = 'confirm_address' and created_at > now() - interval '1 hour'`)
  if (Number(rows[0]?.['sent']) >= MOST_LINKS_AN_HOUR)
    throw new APIError(`${to} was sent ${MOST_LINKS_AN_HOUR} links within the hour. Try again later.`, 429)
  const nonce = newNonce()
  await db.execute(sql`update user_profiles set notification_email_nonce = ${nonce} where id = ${profile}`)
  const token = await confirmationToken(req.payload, { profile, nonce })
  const link = `${req.payload.config.serverURL}/api/me/notification-email/confirm?token=${token}`
  const text = `Somebody, we hope you, wants mails about their vehicles to come to this address. Open this link within a day if so:

${link}

If it was not you, do nothing: without the link no mail comes here.
`
  await writeMail(req, { to, subject: 'Confirm your address', text, about: 'confirm_address' })
}

/** GET /api/me/notification-email/confirm?token=…: the link of that mail. It asks for no sign-in, and does once. */
export const confirmAddress: Endpoint = stated(
  {
    summary: 'Confirms the address for mails: the link of the mail that went there',
    askers: ['anybody'],
    query: z.object({ token: z.string() }),
    isMailed: true,
    answers: { 200: json('It is confirmed.', MESSAGE), ...refusals(410) },
  },
  {
    path: '/me/notification-email/confirm',
    method: 'get',
    handler: async (req) => {
      const { token } = req.query
      const confirmation = typeof token === 'string' ? await readConfirmation(req.payload, token) : null
      const { rowCount } = await postgresOf(req.payload).pool.query(
        `update user_profiles set notification_email_confirmed_at = now(), notification_email_nonce = null
       where id = $1 and notification_email_nonce = $2 and notification_email is not null and deactivated_at is null`,
        [confirmation?.profile ?? null, confirmation?.nonce ?? null],
      )
      if (rowCount !== 1) throw new APIError('This link was used before, is too old, or another address was named since.', 410)
      return Response.json({ message: 'The address is confirmed. Mails go there from now on.' }, { headers: NO_STORE })
    },
  },
)

/** POST /api/me/deactivate: nobody comes in with the account until its owner activates it again. */
export const deactivate: Endpoint = stated(
  {
    summary: 'Deactivates the account until its owner activates it again',
    askers: ['owner'],
    answers: { 200: json('It is deactivated.', MESSAGE), ...refusals(401, 403, 409) },
  },
  {
    path: '/me/deactivate',
    method: 'post',
    handler: forAccount(async (req, { profile, subject }) => {
      await transacted(req, async (db) => {
        if (await isLastGarageAdmin(db, subject))
          throw new APIError('You are the last garage admin. Make another one first.', 409)
        await db.execute(sql`update user_profiles set deactivated_at = now(), deactivated_by = 'owner'
        where id = ${profile} and deactivated_at is null`)
      })
      return Response.json(
        { message: 'The account is deactivated. POST /api/me/reactivate brings it back.' },
        { headers: NO_STORE },
      )
    }),
  },
)

/** POST /api/me/reactivate: for who deactivated themselves; what an admin did, an admin undoes. The token says who asks. */
export const reactivate = (verifyToken: VerifyToken): Endpoint =>
  stated(
    {
      summary: 'Activates an account that its owner deactivated',
      askers: ['owner'],
      answers: { 200: json('It is active.', MESSAGE), ...refusals(401, 403) },
    },
    {
      path: '/me/reactivate',
      method: 'post',
      handler: async (req) => {
        const token = bearerOf(req.headers)
        const spoken = token ? await verifyToken(token) : null
        if (!spoken) throw new APIError('This is for owners, who come with an access token.', 401)
        const { rowCount } = await postgresOf(req.payload).pool.query(
          `update user_profiles set deactivated_at = null, deactivated_by = null
       where auth0_sub = $1 and (deactivated_by = 'owner' or deactivated_at is null)
         and not exists (select from purged_owners where subject_hash = encode(sha256(convert_to($1::text, 'UTF8')), 'hex'))`,
          [spoken.subject],
        )
        if (rowCount !== 1) throw new APIError('This account is not yours to activate: ask an admin.', 403)
        return Response.json({ message: 'The account is active again.' }, { headers: NO_STORE })
      },
    },
  )
