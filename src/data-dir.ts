import { chmodSync, lstatSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** The files in a data directory that contain secrets, or lead to them. */
const SECRETS = [
  'secret',
  'generated-password.json',
  'postgres.pgpass',
  'postgres.pgpass.new',
  'postgres.location',
  'postgres.log',
]

/**
 * Restricts a data directory to this user (0700) and its secrets to mode 0600, including a
 * directory that an earlier version or a person opened. A directory that belongs to another user,
 * that every user may write to, or that contains the working directory is shared: it is left
 * unchanged, and `print` receives a warning if others may enter it. Does nothing if the directory
 * does not exist.
 */
export function restrictDataDir(dataDir: string, print: (line: string) => void): void {
  const folder = lstatSync(dataDir, { throwIfNoEntry: false }) && realpathSync(dataDir)
  if (!folder) return
  const { mode, uid } = lstatSync(folder)
  const open = (mode & 0o077) !== 0
  const isOwn = uid === process.geteuid?.()
  if (isOwn) SECRETS.forEach((name) => restrictFile(path.join(folder, name)))
  if (!open) return
  const before = `0${(mode & 0o777).toString(8)}`
  if (!isOwn || (mode & 0o1000) !== 0 || containsPath(folder, process.cwd()))
    return print(
      `Warning: other users can access the data directory ${folder} (${before}), which is ` +
        'shared with other programs. Set DATA_DIR to a directory used only by Forecourt.',
    )
  chmodSync(folder, 0o700)
  print(`The data directory ${folder} was open to other users (${before}); its mode is now 0700.`)
}

/** Restricts a file of this user to mode 0600; a link is left unchanged. */
function restrictFile(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (found?.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, 0o600)
}

function containsPath(folder: string, inner: string): boolean {
  const relative = path.relative(folder, inner)
  return !relative.startsWith('..') && !path.isAbsolute(relative)
}
