import { createHash, randomBytes } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Payload } from 'payload'
import { getSigningSecrets } from '../auth/sessions/signing-secrets.ts'

const PURPOSE = 'forecourt:notification-email'
const LIFETIME = '24h'

/**
 * What a link confirms: that the person who opened it receives the mails of the address that this
 * profile had when the link was created.
 */
export type Confirmation = { profile: string; nonce: string }

/** A new nonce, which the profile stores until its link is used or the address is changed. */
export const createNonce = () => randomBytes(24).toString('base64url')

/** The token of a link: signed, valid for a day, and for one use. */
export function createConfirmationToken(
  payload: Payload,
  { profile, nonce }: Confirmation,
): Promise<string> {
  const token = new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(PURPOSE)
    .setSubject(profile)
    .setJti(nonce)
  return token.setExpirationTime(LIFETIME).sign(deriveKey(payload.secret))
}

/** The content of a token; null if it is not ours, or has expired. */
export async function readConfirmation(
  payload: Payload,
  token: string,
): Promise<Confirmation | null> {
  for (const secret of getSigningSecrets(payload)) {
    const confirmation = await verifyToken(token, deriveKey(secret))
    if (confirmation) return confirmation
  }
  return null
}

async function verifyToken(token: string, key: Uint8Array): Promise<Confirmation | null> {
  try {
    const { payload: claims } = await jwtVerify(token, key, {
      audience: PURPOSE,
      algorithms: ['HS256'],
    })
    return claims.sub && claims.jti ? { profile: claims.sub, nonce: claims.jti } : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

/** A key for this purpose only, so that no other token is accepted as a link. */
const deriveKey = (secret: string) => createHash('sha256').update(`${PURPOSE} ${secret}`).digest()
