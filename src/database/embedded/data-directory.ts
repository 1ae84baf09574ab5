import { access, constants, lstat, readFile, realpath, stat, truncate } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { restrictDataDir } from '../../data-dir.ts'
import { createFolder } from '../../folders.ts'
import { getSystemErrorCode } from '../../domain/system-error.ts'
import { UserError } from '../../user-error.ts'
import { changeOwner, resolveServerUser } from './os-user.ts'
import type { OsUser } from './processes.ts'

/**
 * The locations of everything that belongs to one embedded PostgreSQL, as absolute paths without
 * links.
 */
export type DataDirectory = {
  /**
   * Contains everything below: the data directory, or a folder below `sharedFolder` where an
   * earlier version created it.
   */
  home: string
  /** PostgreSQL's data directory, mode 0700, owned by the user that PostgreSQL runs as. */
  cluster: string
  /** Passwords in libpq's format (PGPASSFILE), mode 0600. */
  passwords: string
  /** The folder of the lock, which names the process that uses this PostgreSQL. */
  lock: string
  /** PostgreSQL's log; always in the data directory. */
  log: string
}

/**
 * The parent folder for files that PostgreSQL's user must reach if the product is in a folder that
 * only root can enter.
 */
export const sharedFolder = '/var/lib/forecourt'

const locationFile = 'postgres.location'
const logLimit = 5 * 1024 * 1024

type Print = (line: string) => void

/**
 * Creates the data directory, closed to other users (0700), and determines the location and user of
 * its PostgreSQL. PostgreSQL's user does not need to reach the folder by its path, because
 * PostgreSQL is started in it. If an earlier version created the cluster below `sharedFolder`, a
 * note in the data directory names that folder, and the cluster stays there. Throws if the note
 * points to a missing folder: an empty database in place of the missing one would look like lost
 * data.
 */
export async function resolveDataDir(
  dataDir: string,
  print: Print,
): Promise<{ place: DataDirectory; user: OsUser | undefined }> {
  const root = await createDataDir(resolve(dataDir), print)
  const home = (await readHomeLocation(root)) ?? root
  if (home !== root) restrictDataDir(home, print)
  const place = buildDataDirectory(home, root)
  const user = await resolveServerUser(place.cluster, print)
  if (user && process.platform !== 'linux') throw new UserError(NOT_AS_ROOT)
  await limitLog(place.log)
  if (user && (await stat(place.cluster).catch(() => undefined))?.uid === 0)
    await changeOwner(user, place.cluster)
  return { place, user }
}

const NOT_AS_ROOT =
  'The embedded PostgreSQL cannot be started by root on this system. Start Forecourt as ' +
  'another user, or set DATABASE_URL.'

/**
 * Finds the PostgreSQL of a data directory without changing anything; undefined if this user has no
 * such directory.
 */
export async function findDataDirectory(dataDir: string): Promise<DataDirectory | undefined> {
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return undefined
  }
  const root = await realpath(dataDir)
  return buildDataDirectory((await readHomeLocation(root)) ?? root, root)
}

function buildDataDirectory(home: string, root: string): DataDirectory {
  const at = (name: string) => join(home, name)
  return {
    home,
    cluster: at('postgres'),
    passwords: at('postgres.pgpass'),
    lock: at('locks/postgres'),
    log: join(root, 'postgres.log'),
  }
}

async function createDataDir(dataDir: string, print: Print): Promise<string> {
  try {
    createFolder(dataDir, 0o700)
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    const root = await realpath(dataDir)
    restrictDataDir(root, print)
    return root
  } catch (error) {
    const wayOut = 'Make it writable for this user, or choose another DATA_DIR.'
    throw new UserError(
      `The data directory ${dataDir} cannot be used (${getSystemErrorCode(error)}). ${wayOut}`,
      {
        cause: error,
      },
    )
  }
}

async function readHomeLocation(root: string): Promise<string | undefined> {
  const file = join(root, locationFile)
  let home: string | undefined
  try {
    home = (await readFile(file, 'utf8')).split('\n')[0]
  } catch (error) {
    if (getSystemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
  if (home && (await stat(home).catch(() => undefined))) return home
  throw new UserError(
    `According to ${file}, the database of ${root} is in ${home}, which no longer exists. ` +
      `Restore ${home} from a backup or, to start with an empty database, delete ${file}.`,
  )
}

async function limitLog(log: string): Promise<void> {
  const found = await lstat(log).catch(() => undefined)
  if (found?.isFile() && found.size > logLimit) await truncate(log)
}
