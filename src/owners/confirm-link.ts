import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { type LinkKind, readLink, signLink } from '../auth/signed-links.ts'

const LINK: LinkKind = { purpose: 'forecourt:notification-email', lifetime: '24h' }

/**
 * What a link confirms: that the person who opened it receives the mails of the address that this
 * profile had when the link was created.
 */
export type Confirmation = { profile: string; nonce: string }

/** A new nonce, which the profile stores until its link is used or the address is changed. */
export const createNonce = () => randomBytes(24).toString('base64url')

/** The token of a link: signed, valid for a day, and for one use. */
export const createConfirmationToken = (
  payload: Payload,
  { profile, nonce }: Confirmation,
): Promise<string> => signLink(payload, LINK, { subject: profile, id: nonce })

/** The content of a token; null if it is not ours, or has expired. */
export async function readConfirmation(
  payload: Payload,
  token: string,
): Promise<Confirmation | null> {
  const claims = await readLink(payload, LINK, token)
  return claims && { profile: claims.subject, nonce: claims.id }
}
