import { type AfterErrorHook, APIError, type PayloadRequest } from 'payload'
import { findAccount, getIdentity } from '../../src/access/identity.ts'
import { findBearerToken, type VerifyToken } from '../../src/auth/owners/owner-tokens.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'

type Reason = { message: string; code: string }

const TERMS: Reason = {
  message:
    'Agree to the terms first: GET /api/me returns them, and POST /api/auth/signup records ' +
    'the agreement.',
  code: 'terms_required',
}
const DEACTIVATED: Reason = {
  message: 'You deactivated this account. To reactivate it, send POST /api/me/reactivate.',
  code: 'account_deactivated',
}

/**
 * Replaces the error of a refused owner with what they must do first: a message for people and a
 * code for programs.
 */
export const formatOwnerError =
  (verifyToken: VerifyToken): AfterErrorHook =>
  async ({ error, graphqlResult, req }) => {
    const cause: unknown =
      'originalError' in error && error.originalError ? error.originalError : error
    const refused = cause instanceof APIError && (cause.status === 401 || cause.status === 403)
    const reason = refused ? await findReason(req, verifyToken) : null
    if (!reason) return
    const { message, code } = reason
    return {
      status: 403,
      response: { errors: [{ message, data: { code } }] },
      ...(graphqlResult && {
        graphqlResult: {
          ...graphqlResult,
          message,
          extensions: { ...graphqlResult.extensions, statusCode: 403, data: { code } },
        },
      }),
    }
  }

async function findReason(req: PayloadRequest, verifyToken: VerifyToken): Promise<Reason | null> {
  if (findAccount(req)?.awaitsTerms) return TERMS
  if (getIdentity(req).kind !== 'nobody') return null
  const token = findBearerToken(req.headers)
  const verified = token ? await verifyToken(token).catch(() => null) : null
  return verified && (await isSelfDeactivated(req, verified.subject)) ? DEACTIVATED : null
}

/**
 * An owner who deactivated their own account is authenticated as anonymous; a deactivation by an
 * admin is not disclosed.
 */
async function isSelfDeactivated({ payload }: PayloadRequest, subject: string): Promise<boolean> {
  const { rows } = await getPostgresAdapter(payload).pool.query(
    `select from user_profiles where auth0_sub = $1 and deactivated_at is not null
      and deactivated_by = 'owner'
     and not exists (select from purged_owners where subject_hash =
     encode(sha256(convert_to($1::text, 'UTF8')), 'hex'))`,
    [subject],
  )
  return rows.length > 0
}
