import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../src/database/embedded.ts'
import { createApplication } from '../../src/server/application.ts'
import { createDatabase, dropDatabase } from '../support/databases.ts'
import { buildDatabaseUrl, testSettings } from '../support/settings.ts'
import { seedGarage } from './garage.ts'
import { seedCars } from './seed.ts'

/** The size of the two databases in cars, and in owners' vehicles. */
export const [SMALL, LARGE] = [5_000, 100_000]
export const [FEW_VEHICLES, MANY_VEHICLES] = [1_000, 100_000]

/** A small and a large database, as the application signs in to them. */
export type Databases = { small: string; large: string }
type Print = (line: string) => void
/**
 * A server of PostgreSQL: URLs of a database on it, as the application and as the owner of the
 * tables.
 */
type Server = { url: string; ownerUrl: string }

/** Two databases with cars and vehicles, filled for this run and gone after it. */
export async function withDatabases<Result>(
  print: Print,
  work: (databases: Databases) => Promise<Result>,
): Promise<Result> {
  return withServer(print, async (server) => {
    const [small, large] = [buildDatabaseName(SMALL), buildDatabaseName(LARGE)]
    const owned = {
      small: buildDatabaseUrl(server.ownerUrl, small),
      large: buildDatabaseUrl(server.ownerUrl, large),
    }
    try {
      print(`Filling ${SMALL} and ${LARGE} cars, ${FEW_VEHICLES} and ${MANY_VEHICLES} vehicles.`)
      await createMigrated(server, small)
      await createDatabase(server.ownerUrl, large, small)
      await seedCars(owned.small, 1, SMALL)
      await seedCars(owned.large, 1, LARGE)
      await seedGarage(owned.small, FEW_VEHICLES)
      await seedGarage(owned.large, MANY_VEHICLES)
      return await work({
        small: buildDatabaseUrl(server.url, small),
        large: buildDatabaseUrl(server.url, large),
      })
    } finally {
      for (const name of [small, large]) await dropDatabase(server.ownerUrl, name)
    }
  })
}

/**
 * A database with all tables and nothing in them, as the application and as its owner, gone after
 * the work.
 */
export async function withEmptyDatabase<Result>(
  print: Print,
  work: (url: string, ownerUrl: string) => Promise<Result>,
): Promise<Result> {
  return withServer(print, async (server) => {
    const name = buildDatabaseName(0)
    try {
      await createMigrated(server, name)
      return await work(buildDatabaseUrl(server.url, name), buildDatabaseUrl(server.ownerUrl, name))
    } finally {
      await dropDatabase(server.ownerUrl, name)
    }
  })
}

const buildDatabaseName = (cars: number) =>
  `forecourt_bench_${cars}_${randomBytes(4).toString('hex')}`

async function createMigrated({ url, ownerUrl }: Server, name: string): Promise<void> {
  await createDatabase(ownerUrl, name)
  const database = buildDatabaseUrl(url, name)
  const { close } = await createApplication(testSettings({ DATABASE_URL: database }), database, {
    ownerUrl: buildDatabaseUrl(ownerUrl, name),
  })
  await close()
}

/** The server of BENCH_DATABASE_URL, else an embedded one of this run. */
async function withServer<Result>(
  print: Print,
  work: (server: Server) => Promise<Result>,
): Promise<Result> {
  const configuredUrl = process.env['BENCH_DATABASE_URL']
  if (configuredUrl) return work({ url: configuredUrl, ownerUrl: configuredUrl })
  const dataDir = await mkdtemp(path.join(tmpdir(), 'forecourt-bench-'))
  const embedded = await startEmbedded({ dataDir, print })
  try {
    return await work(embedded)
  } finally {
    await embedded.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
