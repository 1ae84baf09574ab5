import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Payload } from 'payload'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'

type Snapshot = Record<string, unknown>

/** The parts of drizzle-kit that Payload's adapter provides. */
type Kit = {
  generateDrizzleJson: (schema: unknown) => Promise<Snapshot>
  generateMigration: (before: Snapshot, after: Snapshot) => Promise<string[]>
}
type Adapter = {
  migrationDir: string
  schema: unknown
  requireDrizzleKit: () => Kit
}

/**
 * Writes a migration from the newest snapshot to the collections of `payload` into the folder of
 * its adapter. Returns the paths of the new files, the migration first; empty if nothing changed.
 */
export async function writeMigration(payload: Payload, name: string): Promise<string[]> {
  if (!/[a-z0-9]/i.test(name))
    throw new UserError(
      `${quoteValue(name)} is not a valid migration name. Use letters, digits and ` +
        'underscores, for example add_color.',
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

/** Checked here because Payload ends the process if it finds no change. */
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
 * Adapts a migration that Payload wrote to Node and our compiler settings: marks types in imports,
 * removes unused arguments, and adds file extensions to import paths.
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
