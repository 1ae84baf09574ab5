import { mkdirSync } from 'node:fs'
import path from 'node:path'

/** Returns a folder of `.data`, creating it if necessary. Other users may not enter `.data`. */
export function resolveDataFolder(root, ...names) {
  mkdirSync(path.join(root, '.data'), { recursive: true, mode: 0o700 })
  const folder = path.join(root, '.data', ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}
