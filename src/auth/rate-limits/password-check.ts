import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** How Payload hashes since 3.90, and before. */
const CURRENT = { prefix: 'pbkdf2-sha256-v1:', iterations: 600_000, keyBytes: 32 } as const
const LEGACY = { prefix: '', iterations: 25_000, keyBytes: 512 } as const

/**
 * Whether a password matches the hash and salt that Payload stores. Payload exposes this check only
 * as part of a sign-in.
 */
export async function isPassword(
  password: string,
  { hash, salt }: { hash: string; salt: string },
): Promise<boolean> {
  const { prefix, iterations, keyBytes } = hash.startsWith(CURRENT.prefix) ? CURRENT : LEGACY
  const known = Buffer.from(hash.slice(prefix.length), 'hex')
  const given = await promisify(pbkdf2)(password, salt, iterations, keyBytes, 'sha256')
  return known.length === given.length && timingSafeEqual(known, given)
}
