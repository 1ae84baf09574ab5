import { mkdirSync } from 'node:fs'
import path from 'node:path'

/**
 * A folder of `.data`, made when it is missing. Nobody else on the machine may look into `.data`.
 */
export function resolveDataFolder(root, ...names) {
  mkdirSync(path.join(root, '.data'), { recursive: true, mode: 0o700 })
  const folder = path.join(root, '.data', ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}
