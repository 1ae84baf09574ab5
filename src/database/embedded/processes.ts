import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { getSystemErrorCode } from '../../domain/system-error.ts'

/** The operating-system user of a program; undefined where a program runs as our own user. */
export type OsUser = { uid: number; gid: number }

/**
 * The environment of child processes. Contains nothing of our own environment, because LANG, PGPORT
 * or PGOPTIONS would change PostgreSQL's behavior. NODE_ENV is required by Next's types.
 */
export const childEnvironment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  NODE_ENV: 'production',
} as const

/**
 * Runs a program to its end in the folder `cwd` and returns its standard output. Throws if it
 * cannot start or fails.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  user?: OsUser,
  cwd = '/',
): Promise<string> {
  const options = { cwd, env: childEnvironment, timeout: 300_000, ...user }
  const { stdout } = await promisify(execFile)(program, args, options)
  return stdout.trim()
}

/**
 * A custom setting on a server's command line that names its folder: a server that runs as another
 * user knows the folder only as its working directory.
 */
export const CLUSTER_SETTING = 'forecourt.cluster'

/**
 * Whether process `pid` runs. A process that has ended but was not yet collected by its parent (a
 * zombie) does not run, although it can be signaled.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return getSystemErrorCode(error) === 'EPERM'
  }
  return readState(pid) !== 'Z'
}

/**
 * Whether process `pid` is a PostgreSQL server of the folder `cluster`, according to its command
 * line. Every user can read the command line, even in a container where root may not inspect the
 * processes of other users. Also true for a server that does not name its folder there, and for a
 * process that cannot be inspected because no file descriptor is free: the caller verifies it over
 * the network before relying on it.
 */
export function isClusterPostmaster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  const commandLine = readCommandLine(pid)
  if (!commandLine) return true
  const [program, ...args] = commandLine
  if (program === undefined || basename(program) !== 'postgres') return false
  const named = args
    .find((arg) => arg.startsWith(`${CLUSTER_SETTING}=`))
    ?.slice(CLUSTER_SETTING.length + 1)
  const folder = named ?? args[args.indexOf('-D') + 1]
  return (
    !args.includes('-D') ||
    folder === undefined ||
    !folder.startsWith('/') ||
    isSameFolder(folder, cluster)
  )
}

/** Waits up to `timeoutMs` for process `pid` to end; returns whether it did. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

/** The state of a process, which follows its name in /proc/<pid>/stat: see proc(5). */
function readState(pid: number): string | undefined {
  return readProcFile(pid, 'stat')?.split(') ').at(-1)?.[0]
}

/**
 * The arguments of a process's command line; empty if the process does not exist, null if they
 * could not be read.
 */
function readCommandLine(pid: number): string[] | null {
  if (process.platform === 'linux') {
    const text = readProcFile(pid, 'cmdline')
    return text === null ? null : (text?.split('\0') ?? [])
  }
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ')
  } catch (error) {
    return isOutOfFiles(error) ? null : []
  }
}

/**
 * The content of a file of /proc/<pid>; undefined if it is missing or not readable, null if no file
 * descriptor is free to open it.
 */
function readProcFile(pid: number, name: string): string | undefined | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch (error) {
    return isOutOfFiles(error) ? null : undefined
  }
}

function isOutOfFiles(error: unknown): boolean {
  return ['EMFILE', 'ENFILE'].includes(getSystemErrorCode(error) ?? '')
}

function isSameFolder(one: string, other: string): boolean {
  const [a, b] = [
    statSync(one, { throwIfNoEntry: false }),
    statSync(other, { throwIfNoEntry: false }),
  ]
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}
