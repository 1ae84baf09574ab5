import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'

/** The operating-system user a program runs as; undefined where it runs as ourselves. */
export type OsUser = { uid: number; gid: number }

/**
 * What our children see: nothing of the caller's environment, whose LANG, PGPORT or PGOPTIONS would
 * change what PostgreSQL does. NODE_ENV is there because Next's types demand it.
 */
export const childEnvironment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  NODE_ENV: 'production',
} as const

/**
 * Runs a program to its end, in the folder `cwd`, and answers what it wrote on standard output.
 * Throws when it cannot start or ends with a failure.
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

/** The `code` of a Node or PostgreSQL error: `ENOENT`, `57P03`. */
export function getSystemErrorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : undefined
}

/**
 * A setting of our own on a server's command line that names its folder: started as another user, a
 * server knows it as its working directory alone.
 */
export const CLUSTER_SETTING = 'forecourt.cluster'

/**
 * Whether process `pid` runs. One that has ended but whose parent has not noticed (a zombie) does
 * not, though it can be signalled.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return getSystemErrorCode(error) === 'EPERM'
  }
  const state = readStat(pid)?.[0]
  return state !== 'Z' && state !== 'X'
}

/**
 * When process `pid` was started, as a word to compare with; tells a process from a later one with
 * the same number. Undefined where the system does not say (only Linux does).
 */
export function readBirth(pid: number): string | undefined {
  return readStat(pid)?.[19]
}

/**
 * Whether process `pid` is a PostgreSQL server of the folder `cluster`, judged by its command line
 * (readable for everyone, also in a container where root may not look at other users' processes). A
 * server that does not name its folder there counts as one, and so does a process of which nothing
 * can be read because this one has no file descriptor left: the caller asks it over the network
 * before relying on it.
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

/** Waits up to `patience` milliseconds for process `pid` to end; whether it did. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

/**
 * The fields of /proc/<pid>/stat after the program's name, the process state first; see proc(5).
 */
function readStat(pid: number): string[] | undefined {
  const text = readProcFile(pid, 'stat')
  return typeof text === 'string' ? text.slice(text.lastIndexOf(')') + 2).split(' ') : undefined
}

/**
 * The arguments of a process's command line: empty if there is no such process, null if it could
 * not be read.
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
 * A file of /proc/<pid>; undefined where there is none for us, null where this process has no
 * descriptor left to open it.
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
