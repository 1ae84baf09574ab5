import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getSystemErrorCode } from '../../domain/system-error.ts'
import { UserError } from '../../user-error.ts'
import type { Programs } from './binaries.ts'
import { appRole, superuser, type Passwords } from './connection.ts'
import { changeOwner } from './os-user.ts'
import type { DataDirectory } from './data-directory.ts'
import { runProgram, type OsUser } from './processes.ts'

/** One embedded PostgreSQL: its folders, its programs, and the user who runs it. */
export type Cluster = {
  place: DataDirectory
  programs: Programs
  user: OsUser | undefined
  print: (line: string) => void
}

/**
 * Creates the cluster if it does not exist and returns its passwords. A cluster is created in a
 * temporary folder next to its location and then renamed, so it is complete or absent. Throws for a
 * cluster of another major version, for a folder that is not a cluster, and for a cluster whose
 * passwords are missing; nothing is changed in these cases.
 */
export async function ensureCluster(cluster: Cluster): Promise<Passwords> {
  const { place, programs } = cluster
  const major = await readMajorVersion(place.cluster)
  if (major === undefined) {
    const passwords =
      (await readPasswords(place.passwords)) ?? (await generatePasswords(place.passwords))
    await createCluster(cluster, passwords)
    return passwords
  }
  if (major !== programs.major) {
    throw new UserError(
      `${place.cluster} was created by PostgreSQL ${major}, but this version of Forecourt ` +
        `includes PostgreSQL ${programs.major}, which cannot open it. Nothing was changed. ` +
        'Make a backup with the version of Forecourt that created it and restore it into a ' +
        `new DATA_DIR, or run your own PostgreSQL ${major} on it and set DATABASE_URL.`,
    )
  }
  const passwords = await readPasswords(place.passwords)
  if (!passwords) {
    throw new UserError(
      `The passwords for the PostgreSQL cluster in ${place.cluster} are missing: restore ` +
        `${place.passwords} from a backup of that folder.`,
    )
  }
  return passwords
}

/**
 * The major version that created the cluster; undefined if there is no cluster yet. Throws if the
 * folder contains something else.
 */
async function readMajorVersion(folder: string): Promise<number | undefined> {
  try {
    return Number((await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim())
  } catch (error) {
    if (getSystemErrorCode(error) !== 'ENOENT') throw error
  }
  const content = await readdir(folder).catch(() => [])
  if (content.length > 0)
    throw new UserError(
      `${folder} contains files but is not a PostgreSQL cluster (no PG_VERSION). Move it ` +
        'elsewhere, and a new cluster will be created.',
    )
  return undefined
}

async function createCluster(
  { place, programs, user, print }: Cluster,
  passwords: Passwords,
): Promise<void> {
  print(
    `Setting up PostgreSQL ${programs.version} in ${place.cluster}; this happens only once and ` +
      'takes a few seconds.',
  )
  for (const name of await readdir(place.home)) {
    if (name.startsWith('postgres.new-'))
      await rm(join(place.home, name), { recursive: true, force: true, maxRetries: 5 })
  }
  const draft = join(place.home, `postgres.new-${process.pid}`)
  const [data, secret] = [join(draft, 'data'), join(draft, 'password')]
  const options = [
    ...initdbOptions,
    `--pgdata=${resolveFolder(user, data)}`,
    '--pwfile=../password',
  ]
  try {
    await mkdir(data, { recursive: true, mode: 0o700 })
    await writeFile(secret, passwords.superuser, { mode: 0o600 })
    await changeOwner(user, draft)
    await runProgram(programs.initdb, options, user, data)
    await rename(data, place.cluster)
    await syncFolder(place.home)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(
      `PostgreSQL could not be set up in ${place.cluster}; the setup was rolled back: ${reason}`,
      { cause },
    )
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * UTF8 regardless of LANG: with LANG=C, initdb would create an SQL_ASCII cluster. PostgreSQL's
 * builtin C.UTF-8 sorts and folds case in the same way on every machine. The system's locale, which
 * macOS may lack, is only used where PostgreSQL still depends on the system.
 */
const initdbOptions = [
  `--username=${superuser}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
  '--no-instructions',
]

/**
 * The path of the data directory for PostgreSQL's programs that run in it. Another user cannot
 * reach the directory by its path, because it is closed to other users, so the path is that of the
 * working directory; /proc leads there without passing the parent folders.
 */
export function resolveFolder(user: OsUser | undefined, folder: string): string {
  return user ? '/proc/self/cwd' : folder
}

/**
 * Reads the passwords, and closes their file to other users if it was open. Undefined if there is
 * no file.
 */
export async function readPasswords(file: string): Promise<Passwords | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (getSystemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
  await chmod(file, 0o600)
  const of = (role: string) =>
    text.match(new RegExp(`^127\\.0\\.0\\.1:\\*:\\*:${role}:(\\S+)$`, 'm'))?.[1]
  const passwords = { superuser: of(superuser), app: of(appRole) }
  if (passwords.superuser === undefined || passwords.app === undefined) {
    throw new UserError(
      `${file} does not contain the lines 127.0.0.1:*:*:${superuser}:… and ` +
        `127.0.0.1:*:*:${appRole}:…; restore it from a backup.`,
    )
  }
  return { superuser: passwords.superuser, app: passwords.app }
}

async function generatePasswords(file: string): Promise<Passwords> {
  const passwords = {
    superuser: randomBytes(24).toString('hex'),
    app: randomBytes(24).toString('hex'),
  }
  const draft = `${file}.new`
  const line = (role: string, password: string) => `127.0.0.1:*:*:${role}:${password}\n`
  await rm(draft, { force: true })
  await writeFile(draft, line(superuser, passwords.superuser) + line(appRole, passwords.app), {
    mode: 0o600,
    flush: true,
  })
  await rename(draft, file)
  return passwords
}

/** Makes a rename in the folder survive a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
