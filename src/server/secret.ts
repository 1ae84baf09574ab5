import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Settings } from '../env.ts'
import { createFolder } from '../folders.ts'

/**
 * The secret that signs sessions: the one that is set, else the one kept in DATA_DIR, made at the first start and readable by its owner
 * alone.
 */
export function keptSecret(settings: Settings): string {
  if (settings.PAYLOAD_SECRET) return settings.PAYLOAD_SECRET
  const file = path.join(settings.DATA_DIR, 'secret')
  createFolder(settings.DATA_DIR, 0o700)
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}
