import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import {
  findBearerToken,
  type ProviderEmail,
  type VerifiedToken,
  type VerifyToken,
} from '../../auth/owners/owner-tokens.ts'
import { getOrigin } from '../../audit/origin.ts'
import { withRequestTransaction } from '../../database/with-request-transaction.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { EMAIL_STATUS, ME } from '../api-schemas.ts'
import { loadMe } from '../me.ts'
import type { ResendVerification } from '../../auth/owners/management.ts'
import { agreeToTerms, type Terms } from '../terms.ts'

const SIGN_UP = z.strictObject({ acceptTerms: z.literal(true), version: z.string() })

/** GET /api/me: the account of the calling owner. */
export const getMe = (terms: Terms | null): Endpoint =>
  endpoint({
    method: 'get',
    path: '/me',
    summary: 'Returns the account of the owner',
    access: callers.account,
    response: describeJson('The account.', ME),
    refusals: [401, 403],
    handler: ({ req, account }) => loadMe(req, account, terms),
  })

/**
 * POST /api/auth/signup { acceptTerms: true, version }: agrees to the current terms, whether or not
 * the owner agreed before. The terms come from the settings, the origin from the request; the
 * version must be the one that was shown to the owner.
 */
export const signUp = (terms: Terms | null): Endpoint =>
  endpoint({
    method: 'post',
    path: '/auth/signup',
    summary: "Records the owner's agreement to the current terms",
    access: callers.limitedAccount('agree-to-terms'),
    body: SIGN_UP,
    bodyExample: '{ "acceptTerms": true, "version": "2.0" }',
    status: 201,
    response: describeJson('The account after the agreement.', ME),
    refusals: [400, 401, 403, 409, 429],
    handler: async ({ req, account }, { body: { version } }) => {
      if (!terms) throw new APIError('This server has no terms to agree to.', 409)
      if (version !== terms.version)
        throw new APIError(
          `The terms are now at version ${terms.version}: ${terms.url}. Show that version first.`,
          409,
        )
      await withRequestTransaction(req, (client) =>
        agreeToTerms(client, account.subject, terms, getOrigin(req)),
      )
      return loadMe(req, account, terms)
    },
  })

/**
 * GET /api/auth/verify: whether the owner's e-mail address is verified. If tokens contain no
 * address, the provider is queried again, so that an address that was verified or changed there
 * takes effect.
 */
export const getVerificationStatus = (verifyToken: VerifyToken): Endpoint =>
  endpoint({
    method: 'get',
    path: '/auth/verify',
    summary: "Returns whether the owner's e-mail address is verified",
    access: callers.account,
    response: describeJson('The address and its status.', EMAIL_STATUS),
    refusals: [401, 403, 429],
    handler: ({ req, account }) => refreshEmailStatus(req, account, verifyToken),
  })

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
 * The address in a token, which may be outdated; else the one that the provider returns now, with a
 * request to it each time.
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

/** POST /api/auth/resend-verification: has the provider resend its verification mail. */
export const resendVerification = (
  resend: ResendVerification | null,
  verifyToken: VerifyToken,
): Endpoint =>
  endpoint({
    method: 'post',
    path: '/auth/resend-verification',
    summary: 'Has the identity provider resend its verification e-mail',
    access: callers.account,
    status: 202,
    response: describeJson('The identity provider sends the e-mail.', MESSAGE),
    refusals: [401, 403, 409, 429, 501, 502],
    handler: async ({ req, account }) => {
      if (!resend)
        throw new APIError(
          'This server cannot request the e-mail from the identity provider: ' +
            'OWNERS_MANAGEMENT_URL is not set.',
          501,
          null,
          true,
        )
      await limitRequests(req, 'resend-verification', account)
      const { emailVerified, email } = await refreshEmailStatus(req, account, verifyToken)
      if (emailVerified) throw new APIError(`${email} is already verified.`, 409)
      const problem = await resend(account.subject)
      if (problem) throw new APIError(problem, 502, null, true)
      return { message: `The identity provider will send an e-mail to ${email}.` }
    },
  })
