import path from 'node:path'
import { findPrograms, locatePackage } from '../../src/database/embedded/binaries.ts'
import { ensureCluster } from '../../src/database/embedded/cluster.ts'
import { appRole, ensureDatabase, ownerUrlOf, urlOf } from '../../src/database/embedded/connection.ts'
import { settle, sharedFolder } from '../../src/database/embedded/place.ts'
import { launch, stopPostmaster, untilReady } from '../../src/database/embedded/postmaster.ts'
import { startServer } from '../../src/database/embedded/supervisor.ts'

/** A PostgreSQL that a drill stops and starts as it likes, always on the same port. */
export type DrillDatabase = { url: string; ownerUrl: string; stop: () => Promise<void>; start: () => Promise<void> }

/** Sets up a PostgreSQL in a folder, as the product would, but under the drill's own hand. */
export async function drillDatabase(folder: string): Promise<DrillDatabase> {
  const say = () => undefined
  const { place, user } = await settle(path.join(folder, 'database'), say)
  const programs = await findPrograms({ packaged: await locatePackage(), user, copyTo: user ? sharedFolder : place.home, say })
  const cluster = { place, programs, user, say }
  const passwords = await ensureCluster(cluster)
  let server = await startServer(cluster, passwords.superuser)
  await ensureDatabase(server.port, passwords, appRole)
  return {
    url: urlOf(appRole, passwords.app, server.port, appRole),
    ownerUrl: ownerUrlOf(passwords.superuser, server.port, appRole),
    stop: () => stopPostmaster(server.pid, place.cluster),
    start: async () => {
      server = await launch(cluster, server.port)
      await untilReady(cluster, server, passwords.superuser)
    },
  }
}
