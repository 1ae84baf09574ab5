import { createHash, randomBytes } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Payload } from 'payload'

const PURPOSE = 'forecourt:notification-email'
const LIFETIME = '24h'

/**
 * What a link confirms: that whoever opened it reads the mails of the address that this profile
 * named when the link was made.
 */
export type Confirmation = { profile: string; nonce: string }

/**
 * A new nonce, which the profile keeps until the link that carries it is used, or another address
 * is named.
 */
export const createNonce = () => randomBytes(24).toString('base64url')

/** The token of a link: signed, good for a day, and once. */
export function createConfirmationToken(
  payload: Payload,
  { profile, nonce }: Confirmation,
): Promise<string> {
  const token = new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(PURPOSE)
    .setSubject(profile)
    .setJti(nonce)
  return token.setExpirationTime(LIFETIME).sign(deriveKey(payload))
}

/** What a token confirms; null for one that is not ours, or too old. */
export async function readConfirmation(
  payload: Payload,
  token: string,
): Promise<Confirmation | null> {
  try {
    const { payload: claims } = await jwtVerify(token, deriveKey(payload), {
      audience: PURPOSE,
      algorithms: ['HS256'],
    })
    return claims.sub && claims.jti ? { profile: claims.sub, nonce: claims.jti } : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

/** A key for this purpose alone, so that no token of another one is a link. */
const deriveKey = ({ secret }: Payload) =>
  createHash('sha256').update(`${PURPOSE} ${secret}`).digest()
