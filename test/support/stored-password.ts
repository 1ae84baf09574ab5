import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** The password of every member of staff that a test saves. */
export const PASSWORD = 'correct horse battery staple'

/** A hash of PASSWORD and its salt, as Payload stores them since 3.90. */
export type StoredPassword = { hash: string; salt: string }

const SHARED_SALT = Buffer.alloc(32, 9).toString('hex')

/** The hash that all accounts share: it is computed, and checked, once in a process. */
export const loadSharedHash = (): Promise<StoredPassword> =>
  (shared.hashed ??= hashPassword(SHARED_SALT))

/** A hash of its own, whose check costs what it costs in the product. */
export const createOwnHash = (): Promise<StoredPassword> =>
  hashPassword(randomBytes(32).toString('hex'))

const shared: { hashed?: Promise<StoredPassword> } = {}

async function hashPassword(salt: string): Promise<StoredPassword> {
  const hash = await promisify(pbkdf2)(PASSWORD, salt, 600_000, 32, 'sha256')
  return { hash: `pbkdf2-sha256-v1:${hash.toString('hex')}`, salt }
}
