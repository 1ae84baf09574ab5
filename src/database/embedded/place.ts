import { access, constants, lstat, readFile, realpath, stat, truncate } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { closeDataDir } from '../../data-dir.ts'
import { createFolder } from '../../folders.ts'
import { UserError } from '../../user-error.ts'
import { giveTo, serverUser } from './os-user.ts'
import { codeOf, type OsUser } from './processes.ts'

/** Where everything of one embedded PostgreSQL lies; absolute paths without links. */
export type Place = {
  /** Holds what follows: the data directory, or a folder below `sharedFolder` where an earlier version put it. */
  home: string
  /** PostgreSQL's own folder, mode 0700, owned by the user it runs as. */
  cluster: string
  /** Passwords in libpq's format (PGPASSFILE), mode 0600. */
  passwords: string
  /** Names the process that has this PostgreSQL in use. */
  lock: string
  /** What PostgreSQL says; always in the data directory. */
  log: string
}

/** For what PostgreSQL's user must reach when the product itself lies where only root may look. */
export const sharedFolder = '/var/lib/forecourt'

const noteName = 'postgres.location'
const logLimit = 5 * 1024 * 1024

type Say = (line: string) => void

/**
 * Creates the data directory, closed to other users (0700), and determines the location and user of its PostgreSQL. PostgreSQL's user need
 * not reach the folder: it is started in it. Where an earlier version kept the cluster below `sharedFolder`, a note in the data directory
 * says so, and it stays there. Throws when the note leads nowhere: an empty database in place of a lost one would look like lost data.
 */
export async function settle(dataDir: string, say: Say): Promise<{ place: Place; user: OsUser | undefined }> {
  const root = await makeDataDir(resolve(dataDir), say)
  const home = (await notedHome(root)) ?? root
  if (home !== root) closeDataDir(home, say)
  const place = placeAt(home, root)
  const user = await serverUser(place.cluster, say)
  if (user && process.platform !== 'linux') throw new UserError(NOT_AS_ROOT)
  await limitLog(place.log)
  if (user && (await stat(place.cluster).catch(() => undefined))?.uid === 0) await giveTo(user, place.cluster)
  return { place, user }
}

const NOT_AS_ROOT =
  'The embedded PostgreSQL cannot be started by root on this system. Start Forecourt as another user, or set DATABASE_URL.'

/** Where the PostgreSQL of a data directory lies, changing nothing; undefined when this user has no such directory. */
export async function findPlace(dataDir: string): Promise<Place | undefined> {
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return undefined
  }
  const root = await realpath(dataDir)
  return placeAt((await notedHome(root)) ?? root, root)
}

function placeAt(home: string, root: string): Place {
  const at = (name: string) => join(home, name)
  return {
    home,
    cluster: at('postgres'),
    passwords: at('postgres.pgpass'),
    lock: at('postgres.lock'),
    log: join(root, 'postgres.log'),
  }
}

async function makeDataDir(dataDir: string, say: Say): Promise<string> {
  try {
    createFolder(dataDir, 0o700)
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    const root = await realpath(dataDir)
    closeDataDir(root, say)
    return root
  } catch (error) {
    const wayOut = 'Make it writable for this user, or choose another DATA_DIR.'
    throw new UserError(`The data directory ${dataDir} cannot be used (${codeOf(error)}). ${wayOut}`, { cause: error })
  }
}

async function notedHome(root: string): Promise<string | undefined> {
  const note = join(root, noteName)
  let home: string | undefined
  try {
    home = (await readFile(note, 'utf8')).split('\n')[0]
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  if (home && (await stat(home).catch(() => undefined))) return home
  throw new UserError(
    `${note} says that the database of ${root} lies in ${home}, and that is gone. Bring ${home} back from a backup; or, to begin with an empty database, delete ${note}.`,
  )
}

async function limitLog(log: string): Promise<void> {
  const found = await lstat(log).catch(() => undefined)
  if (found?.isFile() && found.size > logLimit) await truncate(log)
}
