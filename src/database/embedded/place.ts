import { createHash } from 'node:crypto'
import {
  access,
  chmod,
  chown,
  constants,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { firstClosed, giveTo, serverUser } from './os-user.ts'
import { codeOf, type OsUser } from './processes.ts'

/** Where everything of one embedded PostgreSQL lies; absolute paths without links. */
export type Place = {
  /** Holds what follows: the data directory, or a folder below `sharedFolder` when PostgreSQL's user cannot reach that. */
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
 * Makes the data directory (0700; 0710 for root, open to the group of PostgreSQL's user) and settles where its PostgreSQL
 * lies and who runs it. If that user cannot reach the data directory, because it is below a closed folder such as root's home,
 * the cluster lies below `sharedFolder` and a note in the data directory says so, for good. Throws when the note leads nowhere:
 * an empty database in place of a lost one would look like lost data.
 */
export async function settle(dataDir: string, say: Say): Promise<{ place: Place; user: OsUser | undefined }> {
  const root = await makeDataDir(resolve(dataDir))
  const noted = await notedHome(root)
  const home = noted ?? root
  const user = await serverUser(join(home, 'postgres'), say)
  if (user && home === root) await letIn(root, user)
  const closed = await firstClosed(home, user)
  const place = closed === undefined || !user ? placeAt(home, root) : await elsewhere(root, home, closed, user, say)
  await limitLog(place.log)
  if (user && (await stat(place.cluster).catch(() => undefined))?.uid === 0) await giveTo(user, place.cluster)
  return { place, user }
}

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

async function makeDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dirname(dataDir), { recursive: true })
    await mkdir(dataDir, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    const root = await realpath(dataDir)
    const { mode, uid } = await stat(root)
    const shared = (mode & 0o1000) !== 0 || uid !== process.geteuid?.()
    // A folder with things in it may serve others too, and its mode is its owner's business; ours in it are closed by themselves.
    if (!shared && (await readdir(root)).length === 0) await chmod(root, 0o700)
    return root
  } catch (error) {
    const wayOut = 'Make it writable for this user, or choose another DATA_DIR.'
    throw new Error(`The data directory ${dataDir} cannot be used (${codeOf(error)}). ${wayOut}`, { cause: error })
  }
}

/** Opens the way through root's own data directory to PostgreSQL's group, and to no one else; a folder of other users stays as it is. */
async function letIn(folder: string, user: OsUser): Promise<void> {
  const { uid, gid, mode } = await stat(folder)
  const isRootsAlone = uid === 0 && (gid === 0 || gid === user.gid) && (mode & 0o077) === 0
  if (!isRootsAlone) return
  await chown(folder, 0, user.gid)
  await chmod(folder, 0o710)
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
  throw new Error(
    `${note} says that the database of ${root} lies in ${home}, and that is gone. Bring ${home} back from a backup; or, to begin with an empty database, delete ${note}.`,
  )
}

async function elsewhere(root: string, home: string, closed: string, user: OsUser, say: Say): Promise<Place> {
  if (home !== root || (await stat(join(root, 'postgres')).catch(() => undefined))) {
    throw new Error(
      `PostgreSQL's user (uid ${user.uid}) may not enter ${closed}, and its data lies in ${home}. Let it through: chmod o+x ${closed}`,
    )
  }
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12)
  const place = placeAt(join(sharedFolder, name), root)
  if (await mkdir(sharedFolder, { recursive: true })) await chmod(sharedFolder, 0o755)
  await mkdir(place.home, { recursive: true, mode: 0o700 })
  await letIn(place.home, user)
  const reason = `PostgreSQL does not run as root, and its user may not enter ${closed}`
  await writeFile(join(root, noteName), `${place.home}\nThe database of this folder lies there: ${reason}.\n`, { mode: 0o600 })
  say(
    `The database of ${root} is kept in ${place.home}: ${reason}. Back up both, or choose a DATA_DIR that every user can reach.`,
  )
  return place
}

async function limitLog(log: string): Promise<void> {
  const found = await lstat(log).catch(() => undefined)
  if (found?.isFile() && found.size > logLimit) await truncate(log)
}
