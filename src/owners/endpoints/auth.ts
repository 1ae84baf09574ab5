import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { bearerOf, type KnownEmail, type Spoken, type VerifyToken } from '../../access/owner-tokens.ts'
import { originOf } from '../../audit/origin.ts'
import { inRequestTransaction } from '../../database/in-request-transaction.ts'
import { postgresOf } from '../../database/transaction.ts'
import { json, MESSAGE, refusals, stated } from '../../openapi/operation.ts'
import { EMAIL_STATUS, ME } from '../api-schemas.ts'
import { meOf } from '../me.ts'
import type { ResendVerification } from '../management.ts'
import { agree, type Terms } from '../terms.ts'
import { bodyOf, forAccount, limitRequests, NO_STORE } from './for-owner.ts'

const SIGN_UP = z.strictObject({ acceptTerms: z.literal(true), version: z.string() })

/** GET /api/me: the account of the owner who asks. */
export const me = (terms: Terms | null): Endpoint =>
  stated(
    {
      summary: 'The account of the owner who asks',
      askers: ['owner'],
      answers: { 200: json('The account.', ME), ...refusals(401, 403) },
    },
    {
      path: '/me',
      method: 'get',
      handler: forAccount(async (req, account) => Response.json(await meOf(req, account, terms), { headers: NO_STORE })),
    },
  )

/**
 * POST /api/auth/signup { acceptTerms: true, version }: agrees to the current terms, for the first time or anew. What they are comes
 * from the settings, and where it was done from the request; the version has to be the one that the owner was shown.
 */
export const signUp = (terms: Terms | null): Endpoint =>
  stated(
    {
      summary: 'Agrees to the current terms, for the first time or anew',
      askers: ['owner'],
      body: SIGN_UP,
      answers: { 201: json('The account as it is now.', ME), ...refusals(400, 401, 403, 409, 429) },
    },
    {
      path: '/auth/signup',
      method: 'post',
      handler: forAccount(async (req, account) => {
        await limitRequests(req, 'agree-to-terms', account)
        const { version } = await bodyOf(req, SIGN_UP, '{ "acceptTerms": true, "version": "2.0" }')
        if (!terms) throw new APIError('There are no terms to agree to here.', 409)
        if (version !== terms.version)
          throw new APIError(`The terms are of version ${terms.version} by now: ${terms.url}. Show those first.`, 409)
        await inRequestTransaction(req, (client) => agree(client, account.subject, terms, originOf(req)))
        return Response.json(await meOf(req, account, terms), { status: 201, headers: NO_STORE })
      }),
    },
  )

/**
 * GET /api/auth/verify: whether the owner's e-mail address is verified. Where tokens name no address the provider is asked anew, so that
 * one that was verified or changed there counts from here on.
 */
export const verifyStatus = (verifyToken: VerifyToken): Endpoint =>
  stated(
    {
      summary: 'Whether the e-mail address of the owner is verified',
      askers: ['owner'],
      answers: { 200: json('The address.', EMAIL_STATUS), ...refusals(401, 403, 429) },
    },
    {
      path: '/auth/verify',
      method: 'get',
      handler: forAccount(async (req, account) =>
        Response.json(await emailStatus(req, account, verifyToken), { headers: NO_STORE }),
      ),
    },
  )

type EmailStatus = z.output<typeof EMAIL_STATUS>

async function emailStatus(req: PayloadRequest, account: Account, verifyToken: VerifyToken): Promise<EmailStatus> {
  const { pool } = postgresOf(req.payload)
  const { subject } = account
  const { rows } = await pool.query<EmailStatus>(
    `select email, coalesce(email_verified, false) as "emailVerified" from user_profiles where auth0_sub = $1`,
    [subject],
  )
  const [kept = { email: '', emailVerified: false }] = rows
  const token = bearerOf(req.headers)
  const spoken = token ? await verifyToken(token) : null
  const said = spoken && (await saidBy(req, account, spoken))
  if (!said || (said.email === kept.email && said.emailVerified === kept.emailVerified)) return kept
  if (spoken.named && (said.email !== kept.email || !said.emailVerified)) return kept
  const { email, emailVerified } = said
  await pool.query('update user_profiles set email = $2, email_verified = $3 where auth0_sub = $1', [
    subject,
    email,
    emailVerified,
  ])
  return { email, emailVerified }
}

/** What a token says of the address, which may be old; else what the provider says now, which costs it a question each time. */
async function saidBy(req: PayloadRequest, account: Account, { named, facts }: Spoken): Promise<KnownEmail | null> {
  if (named || !facts) return named ?? null
  await limitRequests(req, 'verify-address', account)
  return facts()
}

/** POST /api/auth/resend-verification: has the provider send its verification mail again. */
export const resendVerification = (resend: ResendVerification | null, verifyToken: VerifyToken): Endpoint =>
  stated(
    {
      summary: 'Has the identity provider send its verification mail again',
      askers: ['owner'],
      answers: { 202: json('It sends one.', MESSAGE), ...refusals(401, 403, 409, 429, 501, 502) },
    },
    {
      path: '/auth/resend-verification',
      method: 'post',
      handler: forAccount(async (req, account) => {
        if (!resend)
          throw new APIError(
            'This server can’t ask the identity provider for the mail: OWNERS_MANAGEMENT_URL is not set.',
            501,
            null,
            true,
          )
        await limitRequests(req, 'resend-verification', account)
        const { emailVerified, email } = await emailStatus(req, account, verifyToken)
        if (emailVerified) throw new APIError(`${email} is verified already.`, 409)
        const problem = await resend(account.subject)
        if (problem) throw new APIError(problem, 502, null, true)
        return Response.json({ message: `The identity provider sends a mail to ${email}.` }, { status: 202, headers: NO_STORE })
      }),
    },
  )
