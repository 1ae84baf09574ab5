import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPrograms, locatePackage } from '../../src/database/embedded/binaries.ts'
import { ensureCluster } from '../../src/database/embedded/cluster.ts'
import {
  appRole,
  ensureDatabase,
  buildOwnerUrl,
  buildUrl,
} from '../../src/database/embedded/connection.ts'
import { resolveDataDir, sharedFolder } from '../../src/database/embedded/data-directory.ts'
import {
  launchPostmaster,
  stopPostmaster,
  waitUntilReady,
} from '../../src/database/embedded/postmaster.ts'
import { startServer } from '../../src/database/embedded/supervisor.ts'

const STARTS = 20

/** A PostgreSQL that a drill stops and starts as it likes, always on the same port. */
export type DrillDatabase = {
  url: string
  ownerUrl: string
  stop: () => Promise<void>
  /**
   * Kills its main process as the kernel would when memory runs out, and waits until its children
   * are gone.
   */
  crash: () => Promise<void>
  start: () => Promise<void>
}

/** Sets up a PostgreSQL in a folder, as the product would, but under the drill's own hand. */
export async function openDrillDatabase(folder: string): Promise<DrillDatabase> {
  const print = () => undefined
  const { place, user } = await resolveDataDir(path.join(folder, 'database'), print)
  const programs = await findPrograms({
    packaged: await locatePackage(),
    user,
    copyTo: user ? sharedFolder : place.home,
    print,
  })
  const cluster = { place, programs, user, print }
  const passwords = await ensureCluster(cluster)
  let server = await startServer(cluster, passwords.superuser)
  await ensureDatabase(server.port, passwords, appRole)
  return {
    url: buildUrl(appRole, passwords.app, server.port, appRole),
    ownerUrl: buildOwnerUrl(passwords.superuser, server.port, appRole),
    stop: () => stopPostmaster(server.pid, place.cluster),
    crash: async () => {
      const children = findChildren(server.pid)
      process.kill(server.pid, 'SIGKILL')
      while ([server.pid, ...children].some((pid) => existsSync(`/proc/${pid}`) && !isZombie(pid)))
        await sleep(20)
    },
    start: async () => {
      /*
       * The last children of a main process that was killed may hold its memory for a moment, and
       * the next one ends.
       */
      for (let tries = 0; tries < STARTS; tries++) {
        server = await launchPostmaster(cluster, server.port)
        if ((await waitUntilReady(cluster, server, passwords.superuser)) === 'ready') return
        await sleep(200)
      }
      throw new Error(`PostgreSQL did not come back within ${STARTS} starts.`)
    },
  }
}

/** The state and parent of a process, as Linux reports them. Null if it has ended. */
function readStat(pid: number): { state: string; parent: number } | null {
  try {
    const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return null
  }
}

const isZombie = (pid: number) => readStat(pid)?.state === 'Z'
const findChildren = (parent: number) =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && readStat(pid)?.parent === parent)
