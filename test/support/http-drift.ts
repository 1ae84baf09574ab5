import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MIGRATION_DIR } from '../../src/database/adapter.ts'
import { assemble } from '../../src/server/assemble.ts'
import { testSettings } from './settings.ts'

/** Writes a migration for what the collections have and the last one has not, into a copy, and tells the files that came about. */
const [url = '', ownerUrl = url] = process.argv.slice(2)
const forecourt = await assemble(testSettings({ DATABASE_URL: url }), url, { ownerUrl })
const copy = mkdtempSync(path.join(tmpdir(), 'forecourt-drift-'))
cpSync(MIGRATION_DIR, copy, { recursive: true })
const before = readdirSync(copy)
forecourt.payload.db.migrationDir = copy
process.on('exit', () => {
  const written = readdirSync(copy).filter((file) => !before.includes(file))
  rmSync(copy, { recursive: true })
  process.stdout.write(`\nwritten: ${JSON.stringify(written)}\n`)
})
await forecourt.payload.db.createMigration({
  payload: forecourt.payload,
  migrationName: 'drift',
  skipEmpty: true,
})
await forecourt.close()
