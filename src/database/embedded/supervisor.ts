import { open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../../user-error.ts'
import type { Cluster } from './cluster.ts'
import {
  findFreePort,
  launchPostmaster,
  signalPostmaster,
  stopPostmaster,
  waitUntilReady,
  type Postmaster,
} from './postmaster.ts'
import { isAlive, isClusterPostmaster } from './processes.ts'

/**
 * Starts the cluster's server on a free port and waits until it serves. If another program takes
 * the port meanwhile, tries again on another port, three times in total. If the server ends for
 * another reason, throws with PostgreSQL's own messages.
 */
export async function startServer(cluster: Cluster, password: string): Promise<Postmaster> {
  let reason = ''
  for (let attempt = 0; attempt < 3; attempt++) {
    const end = await getLogSize(cluster.place.log)
    const server = await launchPostmaster(cluster, await findFreePort())
    const answer = await waitUntilReady(cluster, server, password)
    if (answer === 'ready') return server
    reason = await readLastErrors(cluster.place.log, end)
    if (!reason.includes('could not bind')) break
  }
  throw new UserError(
    `PostgreSQL did not start with the cluster ${cluster.place.cluster}: ` +
      `${reason || `${cluster.place.log} contains no error`}`,
  )
}

/** Ends a supervised server: `stop` waits until it has ended, `abandon` only signals it. */
export type SupervisedServer = { stop(): Promise<void>; abandon(): void }

/**
 * Supervises a running server until `stop`: if it dies, it is restarted on the same port, at first
 * immediately and then with increasing pauses of up to 30 s. Never ends the process, and never
 * keeps it alive.
 */
export function superviseServer(
  cluster: Cluster,
  first: Postmaster,
  password: string,
): SupervisedServer {
  const halt = new AbortController()
  let server = first

  async function watch(): Promise<void> {
    let failures = 0
    let since = Date.now()
    while (await pauseUnlessAborted(250, halt.signal)) {
      if (isAlive(server.pid)) continue
      if (Date.now() - since > 60_000) failures = 0
      const pause = failures === 0 ? 0 : Math.min(500 * 2 ** (failures - 1), 30_000)
      const when = pause === 0 ? 'now' : `in ${pause / 1000} s`
      cluster.print(
        `PostgreSQL (process ${server.pid}) exited unexpectedly; restarting it ${when}.`,
      )
      if (!(await pauseUnlessAborted(pause, halt.signal))) return
      failures += 1
      await restartServer(cluster, server, password, halt.signal, (started) => (server = started))
      since = Date.now()
    }
  }

  const watching = watch()
  return {
    async stop() {
      halt.abort()
      await watching
      await stopPostmaster(server.pid, cluster.place.cluster)
    },
    abandon() {
      halt.abort()
      if (isClusterPostmaster(server.pid, cluster.place.cluster))
        signalPostmaster(server.pid, 'SIGINT')
    },
  }
}

/**
 * Restarts a dead server on its port and returns the outcome. Calls `onStart` as soon as the
 * process exists.
 */
async function restartServer(
  cluster: Cluster,
  crashed: Postmaster,
  password: string,
  signal: AbortSignal,
  onStart: (started: Postmaster) => void,
): Promise<void> {
  const { place, print } = cluster
  const end = await getLogSize(place.log)
  try {
    const server = await launchPostmaster(cluster, crashed.port)
    onStart(server)
    const answer = await waitUntilReady(cluster, server, password, signal)
    if (answer === 'ready')
      print(`PostgreSQL is running again on port ${server.port} (process ${server.pid}).`)
    else if (answer !== 'given up')
      print(`PostgreSQL could not be restarted: ${await readLastErrors(place.log, end)}`)
  } catch (error) {
    print(
      'PostgreSQL could not be restarted: ' +
        `${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/**
 * Waits without keeping the process alive. Returns true if the time passed, and false if `signal`
 * ended the wait early.
 */
async function pauseUnlessAborted(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { ref: false, signal }).catch(() => false)
}

async function getLogSize(log: string): Promise<number> {
  return (await stat(log).catch(() => undefined))?.size ?? 0
}

/** The lines that PostgreSQL wrote to its log after `start` that explain why it ended. */
async function readLastErrors(log: string, start: number): Promise<string> {
  const file = await open(log)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(65_536), position: start })
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n')
    const errors = lines.filter((line) => /\b(FATAL|PANIC|HINT|could not|error while)\b/.test(line))
    return errors.map((line) => line.replace(/^.*?(FATAL|PANIC|HINT|LOG|WARNING): +/, '')).join(' ')
  } finally {
    await file.close()
  }
}
