import path from 'node:path'
import { installQueues } from '../../jobs/install.ts'
import { applyMigrations, loadMigrationStatus } from '../database/migrate.ts'
import { writeMigration } from '../database/write-migration.ts'
import { printLine } from './run-command.ts'
import type { CommandContext } from './with-payload.ts'

/** Applies the pending migrations. */
export async function applyPendingMigrations({ payload, ownerUrl }: CommandContext): Promise<void> {
  const done = await applyMigrations(payload, ownerUrl)
  await installQueues(payload, ownerUrl)
  printLine(
    done.length > 0
      ? `Applied: ${done.join(', ')}.`
      : 'Nothing to apply: the database is up to date.',
  )
}

/** Prints every migration and its state. */
export async function printStatus({ ownerUrl }: CommandContext): Promise<void> {
  const all = await loadMigrationStatus(ownerUrl)
  for (const { name, state } of all) printLine(`${state}  ${name}`)
  const unknown = all.filter(({ state }) => state === 'unknown').length
  if (unknown > 0)
    printLine(
      'This version of Forecourt does not recognize ' +
        `${unknown === 1 ? 'one of them' : `${unknown} of them`} and cannot start with this ` +
        'database: start the newer version that migrated it, or restore a backup.',
    )
}

/**
 * Writes a migration and prints its files. If there is nothing to write, prints that; it is not an
 * error.
 */
export async function createMigration({ payload }: CommandContext, name: string): Promise<void> {
  const written = await writeMigration(payload, name)
  if (written.length === 0)
    return printLine('Nothing to write: the migrations already cover all collections.')
  const files = written.map((file) => path.relative(process.cwd(), file))
  printLine(
    `Wrote ${files.join(' and ')}. Review the migration before you apply it with npm run migrate.`,
  )
}
