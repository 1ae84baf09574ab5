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
import { findHolder, acquireLock } from './embedded/lock.ts'
import { findDataDirectory, resolveDataDir, sharedFolder } from './embedded/data-directory.ts'
import {
  findRunning,
  findRunningServer,
  stopPostmaster,
  waitUntilReady,
} from './embedded/postmaster.ts'
import { startServer, superviseServer } from './embedded/supervisor.ts'

/** One database of a PostgreSQL of our own, as the two roles that ask it. */
export type EmbeddedUrls = {
  /**
   * postgres://…@127.0.0.1:port/database; the port is another one after each start, but stays when
   * PostgreSQL has to be restarted.
   */
  url: string
  /**
   * The same as the role that owns everything in it. For migrations alone: it signs in as the
   * superuser.
   */
  ownerUrl: string
}

/** A running PostgreSQL of our own. */
export type EmbeddedPostgres = EmbeddedUrls & {
  /**
   * Whether it was still running from an earlier start that did not stop it (the product was
   * killed).
   */
  adopted: boolean
  /**
   * Ends PostgreSQL, an adopted one too, and lets go of the data directory. A second call waits for
   * the first.
   */
  stop(): Promise<void>
  /** Signals PostgreSQL to stop and does not wait, with system calls that need no open file. */
  abandon(): void
}

/**
 * Starts (or adopts) the PostgreSQL of `dataDir` and answers with its connection URL. The first
 * start makes the cluster (UTF8, C.UTF-8, scram passwords, loopback only). From then on a
 * PostgreSQL that dies is started again on the same port, until `stop`. It is stopped by nothing
 * else: no exit or signal handler is installed, and a process that ends without `stop` leaves it
 * running for the next start. For evaluation and small installations; production brings its own
 * PostgreSQL in DATABASE_URL.
 *
 * Throws, with a sentence that names the way out, when another process has this data directory in
 * use, when the cluster is of another major version, and when PostgreSQL cannot be set up or
 * started. Nothing is left running then that was not before, except a PostgreSQL that is still
 * recovering after five minutes.
 */
export async function startEmbedded(options: {
  dataDir: string
  say: (line: string) => void
  database?: string
}): Promise<EmbeddedPostgres> {
  const { dataDir, say, database = appRole } = options
  const { place, user } = await resolveDataDir(dataDir, say)
  const release = await acquireLock(place.lock, dataDir)
  try {
    const programs = await findPrograms({
      packaged: await locatePackage(),
      user,
      copyTo: user ? sharedFolder : place.home,
      say,
    })
    return await serveCluster({ place, programs, user, say }, database, release)
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * The URLs of the embedded PostgreSQL that a running product has in use, for a command that works
 * beside it; null when no product of this user runs on `dataDir` (a PostgreSQL left over from a
 * killed one does not count: `startEmbedded` adopts it). Changes nothing, and is not the one to
 * stop it. Waits while that PostgreSQL is starting.
 */
export async function findRunningEmbedded(options: {
  dataDir: string
  database?: string
}): Promise<EmbeddedUrls | null> {
  const { dataDir, database = appRole } = options
  const place = await findDataDirectory(dataDir)
  if (!place || (await findHolder(place.lock)) === undefined) return null
  const [server, passwords] = [
    await findRunningServer(place.cluster),
    await readPasswords(place.passwords),
  ]
  if (!server || !passwords) return null
  const answer = await waitUntilReady({ place, say: () => undefined }, server, passwords.superuser)
  return answer === 'ready' ? buildUrls(passwords, server.port, database) : null
}

async function serveCluster(
  cluster: Cluster,
  database: string,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const { place, say } = cluster
  const passwords = await ensureCluster(cluster)
  const running = await findRunning(cluster, passwords.superuser)
  const server = running ?? (await startServer(cluster, passwords.superuser))
  try {
    const done = await ensureDatabase(server.port, passwords, database)
    if (done === 'created') say(`Created the database ${database}.`)
    if (done === 'handed over')
      say(`The tables of ${database} now belong to the role ${ownerRole}.`)
  } catch (error) {
    if (!running) await stopPostmaster(server.pid, place.cluster)
    throw error
  }
  say(
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
