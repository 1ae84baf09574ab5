import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startEmbedded } from '../../src/database/embedded.ts'
import { databaseUrl, TEMPLATE } from './settings.ts'

declare global {
  var stopTestServer: (() => Promise<void>) | undefined
}

/** One PostgreSQL for the whole run, with one migrated database in it that every spec file's own is cloned from. */
export default async function setUp(): Promise<void> {
  const server = process.env['TEST_DATABASE_URL'] ?? (await embedded())
  process.env['FORECOURT_TEST_SERVER'] = server
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`drop database if exists ${TEMPLATE}`)
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    'test/support/migrate-template.ts',
    databaseUrl(server, TEMPLATE),
  ])
}

async function embedded(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'forecourt-test-'))
  const server = await startEmbedded({ dataDir, say: () => undefined })
  globalThis.stopTestServer = () => server.stop()
  return server.url
}
