import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Settings } from '../../env.ts'
import { describeFileError } from '../../domain/system-error.ts'
import { createFolder } from '../../folders.ts'
import { UserError } from '../../user-error.ts'

const SHORTEST = 32

/**
 * The secret that signs sessions: the one in the settings, else the one stored in DATA_DIR, created
 * at the first start and readable only by its owner. Throws an error with the way out if that file
 * cannot be used.
 */
export function loadOrCreateSecret(settings: Settings): string {
  if (settings.PAYLOAD_SECRET) return settings.PAYLOAD_SECRET
  const file = path.join(settings.DATA_DIR, 'secret')
  createFolder(settings.DATA_DIR, 0o700)
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  const secret = readSecret(file)
  if (secret.length < SHORTEST)
    throw describeDamage(file, `it has fewer than ${SHORTEST} characters`)
  return secret
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw describeDamage(file, describeFileError(error))
  }
}

const describeDamage = (file: string, reason: string) =>
  new UserError(
    `The secret that signs sessions, ${file}, cannot be used: ${reason}. Restore it from a ` +
      'backup, or remove it: the next start creates a new one, and everyone has to sign in again.',
  )
