import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Payload } from 'payload'
import { installQueues } from '../../jobs/install.ts'
import { MIGRATION_DIR } from '../database/adapter.ts'
import { applyMigrations, migrationStatus } from '../database/migrate.ts'
import { say, withPayload } from './with-payload.ts'

/**
 * npm run migrate             applies what the database has not seen
 * npm run migrate -- status   says which migrations it has
 * npm run migrate -- create NAME   writes a migration for what the collections have and the last one has not
 */
const [order = 'apply', name] = process.argv.slice(2)

if (order === 'apply') {
  await withPayload(async ({ payload, ownerUrl }) => {
    const done = await applyMigrations(payload, ownerUrl)
    await installQueues(payload, ownerUrl)
    say(done.length > 0 ? `Applied: ${done.join(', ')}.` : 'Nothing to apply: the database is up to date.')
  })
} else if (order === 'status') {
  await withPayload(async ({ ownerUrl }) => {
    for (const one of await migrationStatus(ownerUrl)) say(`${one.applied ? 'applied' : 'waiting'}  ${one.name}`)
  })
} else if (order === 'create' && name) {
  await withPayload(({ payload }) => create(payload, name))
} else {
  say('Say: npm run migrate, npm run migrate -- status, or npm run migrate -- create NAME.')
  process.exitCode = 2
}

/** Payload writes migrations that Node and our settings do not take as they are: types imported as values, unused arguments, no endings. */
async function create(payload: Payload, migrationName: string): Promise<void> {
  await payload.db.createMigration({ migrationName, payload, skipEmpty: true })
  const types = /import \{ MigrateUpArgs, MigrateDownArgs, sql \}/
  for (const file of readdirSync(MIGRATION_DIR).filter((one) => one.endsWith('.ts'))) {
    const full = path.join(MIGRATION_DIR, file)
    const written = readFileSync(full, 'utf8')
    const mended = written
      .replace(types, 'import { type MigrateUpArgs, type MigrateDownArgs, sql }')
      .replaceAll('{ db, payload, req }', '{ db }')
      .replace(/from '\.\/(\w+)'/g, "from './$1.ts'")
    if (mended !== written) writeFileSync(full, mended)
  }
}
