import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { getSigningSecrets } from '../../../src/auth/sessions/signing-secrets.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import { FEEDS, type FeedName } from '../domain/feed-names.ts'
import { loadSecrets } from '../store/feed-secrets.ts'
import type { RequestContext } from '../store/query.ts'

/** The secrets that sign a feed in at its receiver; null where none is stored. */
export type FeedSecrets = { password: string | null; privateKey: string | null }

type SecretName = keyof FeedSecrets
type Keys = Pick<Payload, 'config' | 'secret'>

const ALGORITHM = 'aes-256-gcm'
const [NONCE_BYTES, TAG_BYTES] = [12, 16]
const NAMES: Record<SecretName, string> = { password: 'password', privateKey: 'private key' }

/**
 * Encrypts a secret of a feed with a key that is derived from PAYLOAD_SECRET. It can only be
 * decrypted as the same secret of the same feed.
 */
export function encryptSecret(
  payload: Keys,
  feed: FeedName,
  name: SecretName,
  secret: string,
): string {
  const [current] = getSigningSecrets(payload)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, deriveKey(current), nonce)
  cipher.setAAD(Buffer.from(`${feed} ${name}`))
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/**
 * Loads and decrypts the secrets of a feed, also those encrypted with PAYLOAD_SECRET_PREVIOUS.
 * Throws a DeliveryFailure that asks for a secret that cannot be decrypted any more.
 */
export async function loadFeedSecrets(
  context: RequestContext,
  feed: FeedName,
): Promise<FeedSecrets> {
  const stored = await loadSecrets(context, feed)
  const decrypt = (name: SecretName) => {
    const text = stored[name]
    return text === null ? null : decryptSecret(context.payload, feed, name, text)
  }
  return { password: decrypt('password'), privateKey: decrypt('privateKey') }
}

function decryptSecret(payload: Keys, feed: FeedName, name: SecretName, text: string): string {
  const bytes = Buffer.from(text, 'base64')
  for (const secret of getSigningSecrets(payload)) {
    const found = tryToDecrypt(secret, `${feed} ${name}`, bytes)
    if (found !== null) return found
  }
  throw new DeliveryFailure(
    'settings',
    `The stored ${NAMES[name]} of ${FEEDS[feed]} cannot be decrypted, because PAYLOAD_SECRET ` +
      'has changed. Enter it again.',
  )
}

/** The decrypted text; null if it was encrypted with another secret or for another purpose. */
function tryToDecrypt(secret: string, purpose: string, bytes: Buffer): string | null {
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  try {
    const decipher = createDecipheriv(ALGORITHM, deriveKey(secret), nonce)
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(tag)
    const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([body, decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

const deriveKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'secrets of feeds', 32))
