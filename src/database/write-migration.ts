import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Payload } from 'payload'
import { quoteValue } from '../setting-sentences.ts'
import { UserError } from '../user-error.ts'

type Snapshot = Record<string, unknown>

/** What Payload's adapter has of drizzle-kit. */
type Kit = {
  generateDrizzleJson: (schema: unknown) => Promise<Snapshot>
  generateMigration: (before: Snapshot, after: Snapshot) => Promise<string[]>
}
type Adapter = { migrationDir: string; schema: unknown; requireDrizzleKit: () => Kit }

/**
 * Writes the migration from the newest snapshot to the collections of `payload`, into the folder of
 * its adapter. Returns the paths of the new files, the migration first; none where there is nothing
 * to migrate.
 */
export async function writeMigration(payload: Payload, name: string): Promise<string[]> {
  if (!/[a-z0-9]/i.test(name))
    throw new UserError(
      `${quoteValue(name)} is not a valid migration name. Use letters, digits and ` +
        'underscores, such as add_color.',
    )
  const adapter = payload.db as unknown as Adapter
  const folder = adapter.migrationDir
  if (!(await hasChanges(adapter))) return []
  const before = new Set(readdirSync(folder))
  await payload.db.createMigration({ migrationName: name, payload, skipEmpty: true })
  const written = readdirSync(folder)
    .filter((file) => !before.has(file))
    .sort()
    .reverse()
    .map((file) => path.join(folder, file))
  for (const file of [...written, path.join(folder, 'index.ts')])
    if (file.endsWith('.ts')) fixMigration(file)
  return written
}

/** Payload would end the process where it finds no change. */
async function hasChanges(adapter: Adapter): Promise<boolean> {
  const { generateDrizzleJson, generateMigration } = adapter.requireDrizzleKit()
  const newest = readdirSync(adapter.migrationDir)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .at(-1)
  if (newest === undefined) return true
  const last = JSON.parse(readFileSync(path.join(adapter.migrationDir, newest), 'utf8')) as Snapshot
  return (await generateMigration(last, await generateDrizzleJson(adapter.schema))).length > 0
}

/**
 * Payload writes migrations that Node and our settings do not take as they are: types imported as
 * values, unused arguments, no endings.
 */
function fixMigration(file: string): void {
  const written = readFileSync(file, 'utf8')
  const fixed = written
    .replace(
      /import \{ MigrateUpArgs, MigrateDownArgs, sql \}/,
      'import { type MigrateUpArgs, type MigrateDownArgs, sql }',
    )
    .replaceAll('{ db, payload, req }', '{ db }')
    .replace(/from '\.\/(\w+)'/g, "from './$1.ts'")
  if (fixed !== written) writeFileSync(file, fixed)
}
