import { chown, lchown, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../../user-error.ts'
import { runProgram, type OsUser } from './processes.ts'

const ownName = 'forecourt-pg'

/**
 * Determines the operating-system user that PostgreSQL runs as. PostgreSQL refuses to run as root,
 * so root starts it as the owner of the existing cluster, else as `forecourt-pg`, which is created
 * if necessary, else as `postgres`. Returns undefined for any other user, who runs it directly.
 */
export async function resolveServerUser(
  cluster: string,
  print: (line: string) => void,
): Promise<OsUser | undefined> {
  const owner = await stat(cluster).catch(() => undefined)
  if (process.geteuid?.() !== 0) {
    if (owner && owner.uid !== process.geteuid?.())
      throw new UserError(describeForeignCluster(cluster, owner.uid))
    return undefined
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const user =
    (await findUser(ownName)) ?? (await createUser(print)) ?? (await findUser('postgres'))
  if (!user) {
    throw new UserError(
      `PostgreSQL refuses to run as root, and the user ${ownName} could not be created. ` +
        `Create it (useradd --system ${ownName}), start as another user, or set DATABASE_URL.`,
    )
  }
  return user
}

/**
 * The first folder on the path to `path`, including `path`, that `user` may not enter; undefined if
 * there is none. Checks owner, group and mode only: an access control list may grant more.
 */
export async function findClosedFolder(
  path: string,
  user: OsUser | undefined,
): Promise<string | undefined> {
  if (!user) return undefined
  for (const folder of listParents(path)) {
    const { uid, gid, mode } = await stat(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return folder
  }
  return undefined
}

/**
 * Changes the owner of a folder and everything in it to `user`; does nothing if `user` is
 * undefined. Links are not followed.
 */
export async function changeOwner(user: OsUser | undefined, folder: string): Promise<void> {
  if (!user) return
  await chown(folder, user.uid, user.gid)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), user.uid, user.gid)
  }
}

function listParents(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...listParents(parent), path]
}

async function findUser(name: string): Promise<OsUser | undefined> {
  try {
    return {
      uid: Number(await runProgram('id', ['-u', name])),
      gid: Number(await runProgram('id', ['-g', name])),
    }
  } catch {
    return undefined
  }
}

async function createUser(print: (line: string) => void): Promise<OsUser | undefined> {
  const shape = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ]
  try {
    await runProgram('useradd', [...shape, ownName])
    print(`Created the operating-system user ${ownName} because PostgreSQL refuses to run as root.`)
  } catch (error) {
    print(
      `Could not create the operating-system user ${ownName}: ` +
        `${error instanceof Error ? error.message.trim() : String(error)}`,
    )
  }
  return findUser(ownName) // even after a failure: another start may have created it
}

function describeForeignCluster(cluster: string, uid: number): string {
  return (
    `The PostgreSQL cluster ${cluster} belongs to user ${uid}, but this process runs as ` +
    `user ${process.geteuid?.()}. Start as the user who created it (or as root, if root did), or ` +
    'choose another DATA_DIR.'
  )
}
