import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import {
  findBearerToken,
  type ProviderEmail,
  type VerifiedToken,
  type VerifyToken,
} from '../../access/owner-tokens.ts'
import { getOrigin } from '../../audit/origin.ts'
import { withRequestTransaction } from '../../database/with-request-transaction.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import {
  describeJson,
  MESSAGE,
  describeRefusals,
  documentEndpoint,
} from '../../openapi/operation.ts'
import { EMAIL_STATUS, ME } from '../api-schemas.ts'
import { loadMe } from '../me.ts'
import type { ResendVerification } from '../management.ts'
import { agreeToTerms, type Terms } from '../terms.ts'
import { parseBody, requireAccount, limitRequests, NO_STORE } from './require-owner.ts'

const SIGN_UP = z.strictObject({ acceptTerms: z.literal(true), version: z.string() })

/** GET /api/me: the account of the owner who asks. */
export const getMe = (terms: Terms | null): Endpoint =>
  documentEndpoint(
    {
      summary: 'The account of the owner who asks',
      audience: ['owner'],
      responses: { 200: describeJson('The account.', ME), ...describeRefusals(401, 403) },
    },
    {
      path: '/me',
      method: 'get',
      handler: requireAccount(async (req, account) =>
        Response.json(await loadMe(req, account, terms), { headers: NO_STORE }),
      ),
    },
  )

/**
 * POST /api/auth/signup { acceptTerms: true, version }: agrees to the current terms, for the first
 * time or anew. What they are comes from the settings, and where it was done from the request; the
 * version has to be the one that the owner was shown.
 */
export const signUp = (terms: Terms | null): Endpoint =>
  documentEndpoint(
    {
      summary: 'Agrees to the current terms, for the first time or anew',
      audience: ['owner'],
      body: SIGN_UP,
      responses: {
        201: describeJson('The account as it is now.', ME),
        ...describeRefusals(400, 401, 403, 409, 429),
      },
    },
    {
      path: '/auth/signup',
      method: 'post',
      handler: requireAccount(async (req, account) => {
        await limitRequests(req, 'agree-to-terms', account)
        const { version } = await parseBody(
          req,
          SIGN_UP,
          '{ "acceptTerms": true, "version": "2.0" }',
        )
        if (!terms) throw new APIError('There are no terms to agree to here.', 409)
        if (version !== terms.version)
          throw new APIError(
            `The terms are of version ${terms.version} by now: ${terms.url}. Show those first.`,
            409,
          )
        await withRequestTransaction(req, (client) =>
          agreeToTerms(client, account.subject, terms, getOrigin(req)),
        )
        return Response.json(await loadMe(req, account, terms), { status: 201, headers: NO_STORE })
      }),
    },
  )

/**
 * GET /api/auth/verify: whether the owner's e-mail address is verified. Where tokens name no
 * address the provider is asked anew, so that one that was verified or changed there counts from
 * here on.
 */
export const getVerificationStatus = (verifyToken: VerifyToken): Endpoint =>
  documentEndpoint(
    {
      summary: 'Whether the e-mail address of the owner is verified',
      audience: ['owner'],
      responses: {
        200: describeJson('The address.', EMAIL_STATUS),
        ...describeRefusals(401, 403, 429),
      },
    },
    {
      path: '/auth/verify',
      method: 'get',
      handler: requireAccount(async (req, account) =>
        Response.json(await refreshEmailStatus(req, account, verifyToken), { headers: NO_STORE }),
      ),
    },
  )

type EmailStatus = z.output<typeof EMAIL_STATUS>

async function refreshEmailStatus(
  req: PayloadRequest,
  account: Account,
  verifyToken: VerifyToken,
): Promise<EmailStatus> {
  const { pool } = getPostgresAdapter(req.payload)
  const { subject } = account
  const { rows } = await pool.query<EmailStatus>(
    'select email, coalesce(email_verified, false) as "emailVerified" from user_profiles ' +
      'where auth0_sub = $1',
    [subject],
  )
  const [stored = { email: '', emailVerified: false }] = rows
  const token = findBearerToken(req.headers)
  const verified = token ? await verifyToken(token) : null
  const current = verified && (await fetchEmail(req, account, verified))
  if (
    !current ||
    (current.email === stored.email && current.emailVerified === stored.emailVerified)
  )
    return stored
  if (verified.namedEmail && (current.email !== stored.email || !current.emailVerified))
    return stored
  const { email, emailVerified } = current
  await pool.query(
    'update user_profiles set email = $2, email_verified = $3 where auth0_sub = $1',
    [subject, email, emailVerified],
  )
  return { email, emailVerified }
}

/**
 * What a token says of the address, which may be old; else what the provider says now, which costs
 * it a question each time.
 */
async function fetchEmail(
  req: PayloadRequest,
  account: Account,
  { namedEmail, fetchFacts }: VerifiedToken,
): Promise<ProviderEmail | null> {
  if (namedEmail || !fetchFacts) return namedEmail ?? null
  await limitRequests(req, 'verify-address', account)
  return fetchFacts()
}

/** POST /api/auth/resend-verification: has the provider send its verification mail again. */
export const resendVerification = (
  resend: ResendVerification | null,
  verifyToken: VerifyToken,
): Endpoint =>
  documentEndpoint(
    {
      summary: 'Has the identity provider send its verification mail again',
      audience: ['owner'],
      responses: {
        202: describeJson('It sends one.', MESSAGE),
        ...describeRefusals(401, 403, 409, 429, 501, 502),
      },
    },
    {
      path: '/auth/resend-verification',
      method: 'post',
      handler: requireAccount(async (req, account) => {
        if (!resend)
          throw new APIError(
            'This server can’t ask the identity provider for the mail: OWNERS_MANAGEMENT_URL ' +
              'is not set.',
            501,
            null,
            true,
          )
        await limitRequests(req, 'resend-verification', account)
        const { emailVerified, email } = await refreshEmailStatus(req, account, verifyToken)
        if (emailVerified) throw new APIError(`${email} is verified already.`, 409)
        const problem = await resend(account.subject)
        if (problem) throw new APIError(problem, 502, null, true)
        return Response.json(
          { message: `The identity provider sends a mail to ${email}.` },
          { status: 202, headers: NO_STORE },
        )
      }),
    },
  )
