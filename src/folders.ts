import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { describeFileError, getSystemErrorCode } from './domain/system-error.ts'
import { quoteValue } from './settings/setting-errors.ts'

/**
 * Creates a folder and its missing parents; `mode` applies to the folder itself. Throws the error
 * of the operating system. Unlike `mkdir` with `recursive`, it terminates if a folder cannot exist,
 * such as below /proc or behind a dangling link: Node retries forever in these cases.
 */
export function createFolder(folder: string, mode = 0o777): void {
  const full = path.resolve(folder)
  if (isFolder(full)) return
  const above = path.dirname(full)
  if (above !== full) createFolder(above)
  try {
    mkdirSync(full, { mode })
  } catch (error) {
    if (getSystemErrorCode(error) !== 'EEXIST') throw error
    requireFolder(full) // another process was faster, or it is a file
    if (!isFolder(full)) throw error
  }
}

/** The folders in the settings: the mode of a new one, and an example. */
const FOLDERS = {
  DATA_DIR: { mode: 0o700, example: '.data' },
  MEDIA_DIR: { mode: 0o777, example: 'media' },
} as const

type FolderSettings = Record<keyof typeof FOLDERS, string>

/**
 * Returns a sentence for each folder in the settings that cannot be used. With `writes`, the
 * folders are created and a test file is written to each. Without it nothing is changed, and only
 * paths that are not folders are found.
 */
export function findFolderProblems(
  settings: FolderSettings,
  { writes }: { writes: boolean },
): string[] {
  return (['DATA_DIR', 'MEDIA_DIR'] as const).flatMap((setting) => {
    const { mode, example } = FOLDERS[setting]
    const folder = settings[setting]
    try {
      if (writes) tryWriting(folder, mode)
      else requireFolder(path.resolve(folder))
      return []
    } catch (error) {
      const problem =
        `${setting} is ${quoteValue(folder)}, but that folder cannot be used: ` +
        `${describeProblem(error)}`
      return (
        `${problem}. Set it to a folder that this user may write to, such as ` +
        `${setting}=${example}.`
      )
    }
  })
}

/**
 * Tests by writing a file: for root every folder seems to be writable, and a read-only file system
 * or a full disk only shows during a write.
 */
function tryWriting(folder: string, mode: number): void {
  createFolder(folder, mode)
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  const file = path.join(folder, `.write-test-${randomUUID()}`)
  try {
    writeFileSync(file, 'x', { flag: 'wx', mode: 0o600 })
  } finally {
    rmSync(file, { force: true })
  }
}

const describeProblem = (error: unknown) =>
  getSystemErrorCode(error) === 'ENOENT'
    ? 'it does not exist and cannot be created there (ENOENT)'
    : describeFileError(error)

/** Throws if the path, or its closest existing parent, is not a folder. */
function requireFolder(full: string): void {
  const found = statSync(full, { throwIfNoEntry: false })
  if (!found && path.dirname(full) !== full) return requireFolder(path.dirname(full))
  if (found && !found.isDirectory())
    throw Object.assign(new Error(`${full} is not a folder`), {
      code: 'ENOTDIR',
      syscall: 'mkdir',
      path: full,
    })
}

const isFolder = (full: string) => statSync(full, { throwIfNoEntry: false })?.isDirectory() === true
