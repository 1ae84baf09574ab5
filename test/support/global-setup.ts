import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { startEmbedded } from '../../src/database/embedded.ts'
import { createDatabase, dropDatabase, forgoDurability, type TestServer } from './databases.ts'
import { buildDatabaseUrl, TEMPLATE } from './settings.ts'

declare global {
  var stopTestServer: (() => Promise<void>) | undefined
}

/**
 * One PostgreSQL for the whole run, with one migrated database in it that every spec file's own is
 * cloned from.
 */
export default async function setUp(): Promise<void> {
  const { url, ownerUrl } = getConfiguredServer() ?? (await startEmbeddedServer())
  process.env['FORECOURT_TEST_SERVER'] = url
  process.env['FORECOURT_TEST_OWNER'] = ownerUrl
  const seed = (process.env['FORECOURT_TEST_SEED'] ??= String(randomInt(1_000_000)))
  process.stdout.write(
    `\nThe seed of the generated cases is ${seed}; FORECOURT_TEST_SEED=${seed} repeats them.\n`,
  )
  try {
    await dropDatabase(ownerUrl, TEMPLATE)
    await createDatabase(ownerUrl, TEMPLATE)
    const template = [buildDatabaseUrl(url, TEMPLATE), buildDatabaseUrl(ownerUrl, TEMPLATE)]
    await promisify(execFile)(process.execPath, ['test/support/migrate-template.ts', ...template])
  } catch (error) {
    await globalThis.stopTestServer?.() // jest does not tear down what was not set up
    throw error
  }
}

/**
 * TEST_DATABASE_URL is the application's role, and the owner too where TEST_DATABASE_OWNER_URL says
 * no other: a superuser's URL that ends in ?options=-c%20role%3DOWNER.
 */
function getConfiguredServer(): TestServer | null {
  const url = process.env['TEST_DATABASE_URL']
  return url ? { url, ownerUrl: process.env['TEST_DATABASE_OWNER_URL'] ?? url } : null
}

async function startEmbeddedServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'forecourt-test-'))
  const server = await startEmbedded({ dataDir, print: () => undefined })
  globalThis.stopTestServer = () => server.stop()
  await forgoDurability(server.ownerUrl)
  return server
}
