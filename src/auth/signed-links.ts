import { createHash } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Payload } from 'payload'
import { getSigningSecrets } from './sessions/signing-secrets.ts'

/**
 * A kind of links: its purpose, which no other kind has, and how long a link is valid, such as
 * `24h` or `180d`.
 */
export type LinkKind = { purpose: string; lifetime: string }

/** What a link is about: the ID of a row, and which of its links it is. */
export type LinkClaims = { subject: string; id: string }

/** The token of a link, signed with the current secret. */
export function signLink(
  payload: Payload,
  { purpose, lifetime }: LinkKind,
  { subject, id }: LinkClaims,
): Promise<string> {
  const token = new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(purpose)
    .setSubject(subject)
    .setJti(id)
  return token.setExpirationTime(lifetime).sign(deriveKey(purpose, payload.secret))
}

/** The claims of a token; null if it is not ours, is of another kind, or has expired. */
export async function readLink(
  payload: Payload,
  { purpose }: LinkKind,
  token: string,
): Promise<LinkClaims | null> {
  for (const secret of getSigningSecrets(payload)) {
    const claims = await verifyToken(token, purpose, deriveKey(purpose, secret))
    if (claims) return claims
  }
  return null
}

async function verifyToken(
  token: string,
  audience: string,
  key: Uint8Array,
): Promise<LinkClaims | null> {
  try {
    const { payload: claims } = await jwtVerify(token, key, { audience, algorithms: ['HS256'] })
    return claims.sub && claims.jti ? { subject: claims.sub, id: claims.jti } : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

/** A key for this purpose only, so that no other token is accepted as a link. */
const deriveKey = (purpose: string, secret: string) =>
  createHash('sha256').update(`${purpose} ${secret}`).digest()
