import type { Payload, PayloadRequest } from 'payload'
import { type LinkKind, readLink, signLink } from '../auth/signed-links.ts'

/** Each mail has a link of its own, so the last one is valid long after the last change. */
const LINK: LinkKind = { purpose: 'forecourt:submission', lifetime: '180d' }

/** A submission and the version of its links: a higher version revokes every earlier link. */
export type LinkedSubmission = {
  id: string
  reference: string
  linkVersion: number
}

/** The token of a new link: signed, valid for 180 days. */
export const createLinkToken = (
  payload: Payload,
  { id, linkVersion }: Pick<LinkedSubmission, 'id' | 'linkVersion'>,
): Promise<string> => signLink(payload, LINK, { subject: id, id: String(linkVersion) })

/** The submission that a token was signed for; null if it is not ours, or has expired. */
export async function readLinkToken(
  payload: Payload,
  token: string,
): Promise<Pick<LinkedSubmission, 'id' | 'linkVersion'> | null> {
  const claims = await readLink(payload, LINK, token)
  return claims && { id: claims.subject, linkVersion: Number(claims.id) }
}

/** The address of the page where the customer follows their submission. */
export async function createCustomerUrl(
  { payload }: Pick<PayloadRequest, 'payload'>,
  submission: LinkedSubmission,
): Promise<string> {
  const token = await createLinkToken(payload, submission)
  return `${payload.config.serverURL}${buildPagePath(submission.reference, token)}`
}

/** The path of that page, below the origin. */
export const buildPagePath = (reference: string, token: string): string =>
  `/api/submissions/${reference}/page?token=${token}`
