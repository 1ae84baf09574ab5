import { findHolders } from '../bootstrap/lock.mjs'
import { findPrograms, locatePackage } from './embedded/binaries.ts'
import { ensureCluster, readPasswords, type Cluster } from './embedded/cluster.ts'
import {
  appRole,
  ensureDatabase,
  ownerRole,
  buildOwnerUrl,
  type Passwords,
  buildUrl,
} from './embedded/connection.ts'
import { acquireLock } from './embedded/lock.ts'
import { findDataDirectory, resolveDataDir, sharedFolder } from './embedded/data-directory.ts'
import {
  findRunning,
  findRunningServer,
  stopPostmaster,
  waitUntilReady,
} from './embedded/postmaster.ts'
import { startServer, superviseServer } from './embedded/supervisor.ts'

/** The connection URLs of one database of an embedded PostgreSQL, one for each of its two roles. */
export type EmbeddedUrls = {
  /**
   * postgres://…@127.0.0.1:port/database. Each start chooses a new port; a restart of PostgreSQL
   * keeps it.
   */
  url: string
  /**
   * The URL of the role that owns everything in the database. For migrations only: it signs in as
   * the superuser.
   */
  ownerUrl: string
}

/** A running embedded PostgreSQL. */
export type EmbeddedPostgres = EmbeddedUrls & {
  /** Whether PostgreSQL was still running from an earlier start whose process was killed. */
  adopted: boolean
  /**
   * Stops PostgreSQL, including an adopted one, and releases the data directory. A second call
   * waits for the first.
   */
  stop(): Promise<void>
  /**
   * Signals PostgreSQL to stop without waiting for it. Uses only system calls that need no open
   * file.
   */
  abandon(): void
}

/**
 * Starts or adopts the PostgreSQL of `dataDir` and returns its connection URLs. The first start
 * creates the cluster (UTF8, C.UTF-8, scram passwords, loopback only). Until `stop` is called, a
 * PostgreSQL that dies is restarted on the same port. Nothing else stops it: no exit or signal
 * handler is installed, and if a process exits without calling `stop`, PostgreSQL keeps running for
 * the next start. Meant for evaluation and small installations; in production, DATABASE_URL names a
 * separate PostgreSQL.
 *
 * Throws a UserError that describes the way out if another process uses this data directory, if the
 * cluster has another major version, or if PostgreSQL cannot be set up or started. In these cases
 * nothing keeps running that was not running before, except a PostgreSQL that is still recovering
 * after five minutes.
 */
export async function startEmbedded(options: {
  dataDir: string
  print: (line: string) => void
  database?: string
}): Promise<EmbeddedPostgres> {
  const { dataDir, print, database = appRole } = options
  const { place, user } = await resolveDataDir(dataDir, print)
  const release = await acquireLock(place.lock, dataDir)
  try {
    const programs = await findPrograms({
      packaged: await locatePackage(),
      user,
      copyTo: user ? sharedFolder : place.home,
      print,
    })
    return await serveCluster({ place, programs, user, print }, database, release)
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Finds the URLs of the embedded PostgreSQL of a running product, for a command that runs at the
 * same time. Returns null if this user runs no product on `dataDir`; a PostgreSQL that a killed
 * product left behind does not count, because `startEmbedded` adopts it. Changes nothing; the
 * caller must not stop this PostgreSQL. Waits while it is starting.
 */
export async function findRunningEmbedded(options: {
  dataDir: string
  database?: string
}): Promise<EmbeddedUrls | null> {
  const { dataDir, database = appRole } = options
  const place = await findDataDirectory(dataDir)
  if (!place || findHolders(place.lock).length === 0) return null
  const [server, passwords] = [
    await findRunningServer(place.cluster),
    await readPasswords(place.passwords),
  ]
  if (!server || !passwords) return null
  const answer = await waitUntilReady(
    { place, print: () => undefined },
    server,
    passwords.superuser,
  )
  return answer === 'ready' ? buildUrls(passwords, server.port, database) : null
}

async function serveCluster(
  cluster: Cluster,
  database: string,
  release: () => void,
): Promise<EmbeddedPostgres> {
  const { place, print } = cluster
  const passwords = await ensureCluster(cluster)
  const running = await findRunning(cluster, passwords.superuser)
  const server = running ?? (await startServer(cluster, passwords.superuser))
  try {
    const done = await ensureDatabase(server.port, passwords, database)
    if (done === 'created') print(`Created the database ${database}.`)
    if (done === 'handed over')
      print(`The tables of ${database} now belong to the role ${ownerRole}.`)
  } catch (error) {
    if (!running) await stopPostmaster(server.pid, place.cluster)
    throw error
  }
  print(
    `PostgreSQL ${cluster.programs.version} is listening on 127.0.0.1:${server.port} ` +
      `(process ${server.pid}); its log is ${place.log}.`,
  )
  const supervised = superviseServer(cluster, server, passwords.superuser)
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= supervised.stop().then(release))
  return {
    ...buildUrls(passwords, server.port, database),
    adopted: running !== undefined,
    stop,
    abandon: supervised.abandon,
  }
}

function buildUrls({ superuser, app }: Passwords, port: number, database: string): EmbeddedUrls {
  return {
    url: buildUrl(appRole, app, port, database),
    ownerUrl: buildOwnerUrl(superuser, port, database),
  }
}
