import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, fchownSync, openSync } from 'node:fs'
import { readFile, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getSystemErrorCode } from '../../domain/system-error.ts'
import { UserError } from '../../user-error.ts'
import { type Cluster, resolveFolder } from './cluster.ts'
import { superuser, buildUrl, withClient } from './connection.ts'
import type { DataDirectory } from './data-directory.ts'
import {
  childEnvironment,
  CLUSTER_SETTING,
  waitForEnd,
  isAlive,
  isClusterPostmaster,
} from './processes.ts'

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants

/** PostgreSQL's main process, and its port on 127.0.0.1. */
export type Postmaster = { pid: number; port: number }

/**
 * How waiting for a server ended: it responds, it ended, another server responds on its port, or
 * the wait was aborted.
 */
export type WaitOutcome = 'ready' | 'ended' | 'another' | 'given up'

/**
 * PostgreSQL's settings: loopback only, no Unix socket. Everything else keeps PostgreSQL's
 * defaults, most importantly fsync.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '50',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** Finds a free port on 127.0.0.1; never 5432, the default of an installed PostgreSQL. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  const port = typeof address === 'object' && address ? address.port : 0
  return port === 5432 || port === 0 ? findFreePort() : port
}

/**
 * Finds the server that an earlier start left running on this cluster and waits until it responds;
 * undefined if there is none. A PID file is removed if it names no process or a process that is now
 * another program. The PID file of a dead process is left to PostgreSQL, which also checks for
 * orphaned child processes.
 */
export async function findRunning(
  cluster: Cluster,
  password: string,
): Promise<Postmaster | undefined> {
  const pidFile = join(cluster.place.cluster, 'postmaster.pid')
  let noted = await readPidFile(pidFile)
  if (noted === 'unreadable') {
    await sleep(1_000) // a server that is just starting writes it immediately
    noted = await readPidFile(pidFile)
  }
  if (noted === undefined || (noted !== 'unreadable' && !isAlive(noted.pid))) return undefined
  if (noted !== 'unreadable' && isClusterPostmaster(noted.pid, cluster.place.cluster)) {
    cluster.print(
      `PostgreSQL is still running from an earlier start (process ${noted.pid}, port ` +
        `${noted.port}); reusing it.`,
    )
    const answer = await waitUntilReady(cluster, noted, password)
    if (answer === 'ready') return noted
    if (answer === 'ended') return undefined
  }
  cluster.print(
    `${pidFile} is stale: its process is not the PostgreSQL server for that folder. Removing it.`,
  )
  await rm(pidFile, { force: true })
  return undefined
}

/**
 * The server that runs on the cluster now, whether it serves or not; undefined if there is none.
 * Changes nothing.
 */
export async function findRunningServer(folder: string): Promise<Postmaster | undefined> {
  const noted = await readPidFile(join(folder, 'postmaster.pid'))
  return noted && noted !== 'unreadable' && isClusterPostmaster(noted.pid, folder)
    ? noted
    : undefined
}

/**
 * Reads lines 1 and 4 of postmaster.pid: process ID and port (PostgreSQL's pidfile.h). Undefined if
 * there is no file.
 */
async function readPidFile(file: string): Promise<Postmaster | 'unreadable' | undefined> {
  let lines: string[]
  try {
    lines = (await readFile(file, 'utf8')).split('\n')
  } catch (error) {
    if (getSystemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 && port > 0 ? { pid, port } : 'unreadable'
}

/**
 * Starts PostgreSQL on `port` in a separate session: Ctrl-C in our terminal does not reach it, and
 * it keeps running if our process is killed. Returns as soon as the process exists;
 * `waitUntilReady` waits until it serves.
 */
export async function launchPostmaster(
  { place, programs, user }: Cluster,
  port: number,
): Promise<Postmaster> {
  const settingArguments = Object.entries({
    ...settings,
    [CLUSTER_SETTING]: place.cluster,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Does not follow links: root would otherwise give away the target of a link.
  const log = openSync(place.log, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600)
  try {
    if (user) fchownSync(log, user.uid, user.gid)
    const stdio: StdioOptions = ['ignore', log, log]
    const options = { detached: true, cwd: place.cluster, env: childEnvironment, stdio, ...user }
    const child = spawn(
      programs.postgres,
      ['-D', resolveFolder(user, place.cluster), '-p', String(port), ...settingArguments],
      options,
    )
    await once(child, 'spawn') // or throws the error of the 'error' event
    // a signal that could not be sent: the system reports whether the process runs, not this object
    child.on('error', () => undefined)
    child.unref()
    return { pid: child.pid ?? 0, port }
  } catch (cause) {
    throw new UserError(
      `${programs.postgres} could not be started (${getSystemErrorCode(cause)}).`,
      { cause },
    )
  } finally {
    closeSync(log)
  }
}

/**
 * Waits up to five minutes for a server to accept our password and report our folder: after a crash
 * it first replays its log, and stopping it would only restart the replay. Throws if it rejects the
 * password, or on a timeout, which leaves it running.
 */
export async function waitUntilReady(
  { place, print }: Pick<Cluster, 'place' | 'print'>,
  server: Postmaster,
  password: string,
  signal?: AbortSignal,
): Promise<WaitOutcome> {
  const url = buildUrl(superuser, password, server.port, 'postgres')
  const begun = Date.now()
  for (let reportedAt = begun; ; await sleep(50)) {
    if (signal?.aborted) return 'given up'
    if (!isAlive(server.pid)) return 'ended'
    try {
      return (await realpath(await readDataFolder(url))) === place.cluster ? 'ready' : 'another'
    } catch (cause) {
      if (getSystemErrorCode(cause)?.startsWith('28'))
        // SQLSTATE class 28: invalid authorization
        throw new UserError(describeRefusal(place, server), { cause })
      if (Date.now() - begun > 300_000)
        throw new UserError(describeSilence(place, server), { cause })
    }
    if (Date.now() - reportedAt < 10_000) continue
    reportedAt = Date.now()
    print(
      `Still waiting for PostgreSQL (process ${server.pid}); it may be recovering, see ` +
        `${place.log}.`,
    )
  }
}

async function readDataFolder(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ folder: string }>(
      `select coalesce(current_setting('${CLUSTER_SETTING}', true),
        ` + `current_setting('data_directory')) as folder`,
    )
    return rows[0]?.folder ?? ''
  })
}

/**
 * Stops a server: first a fast shutdown, which disconnects clients and saves everything (SIGINT);
 * after 10 s an immediate one (SIGQUIT). Throws if it still runs 10 s later.
 */
export async function stopPostmaster(pid: number, folder: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isClusterPostmaster(pid, folder)) return
    signalPostmaster(pid, signal)
    if (await waitForEnd(pid, 10_000)) return
  }
  throw new UserError(
    `PostgreSQL (process ${pid}, ${folder}) did not stop within 20 s. Stop it with ` +
      `kill -9 ${pid}; the next start recovers from its log.`,
  )
}

/** Signals a server; a server that has just ended is not an error. */
export function signalPostmaster(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (getSystemErrorCode(error) !== 'ESRCH') throw error
  }
}

function describeSilence(place: DataDirectory, { pid }: Postmaster): string {
  return (
    `PostgreSQL (process ${pid}) has not responded for five minutes. It was left running; see ` +
    `${place.log}.`
  )
}

function describeRefusal(place: DataDirectory, { pid, port }: Postmaster): string {
  return (
    `PostgreSQL (process ${pid}, port ${port}) rejected the password in ` +
    `${place.passwords}. Restore that file from a backup.`
  )
}
