import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Access, EndpointContext } from '../api/callers.ts'
import { limitAddress, limitKey } from '../auth/rate-limits/request-limits.ts'
import { getTransaction } from '../database/transaction.ts'
import { readLinkToken } from './customer-link.ts'
import { findSubmissionByReference, type Submission } from './store/submissions.ts'

/** What the handler of a customer's endpoint receives: the submission, and the link's token. */
export type CustomerContext = EndpointContext & { submission: Submission; token: string }

/** The path and query of a customer's link. */
export const LINK_PARAMS = z.object({ reference: z.string().describe('Such as FC-7K3M-9QXT.') })
export const LINK_QUERY = z.object({
  token: z.string().describe('The token of the signed link.'),
})

const NO_LINK =
  'This link does not exist, has expired, or was replaced. Use the link in our latest e-mail, or ' +
  'call us.'

/**
 * Everybody with the signed link of a submission. Throws one and the same 404 for an unknown
 * reference and for a token that is wrong, expired or revoked; too many from one address get
 * a 429. Links that work are counted on their own, because the page has many photos.
 */
export const customerAccess: Access<CustomerContext> = {
  audience: ['anybody'],
  check: async (req) => {
    const token = req.query['token']
    const submission = typeof token === 'string' ? await findLinked(req, token) : null
    if (!submission) {
      await limitAddress(req, 'submission:address')
      throw new APIError(NO_LINK, 404, undefined, true)
    }
    await limitKey(req, 'submission:link', submission.id)
    return { req, submission, token: String(token) }
  },
}

/** The submission of the path, if the token was signed for it and not revoked since. */
async function findLinked(req: PayloadRequest, token: string): Promise<Submission | null> {
  const reference = String(req.routeParams?.['reference'])
  const claims = await readLinkToken(req.payload, token)
  if (!claims || reference.includes('\0')) return null
  const submission = await findSubmissionByReference(getTransaction(req).db, reference)
  const isLinked = submission?.id === claims.id && submission.linkVersion === claims.linkVersion
  return isLinked ? submission : null
}
