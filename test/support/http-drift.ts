import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MIGRATION_DIR } from '../../src/database/adapter.ts'
import { writeMigration } from '../../src/database/write-migration.ts'
import { createApplication } from '../../src/server/application.ts'
import { testSettings } from './settings.ts'

/**
 * Writes a migration for what the collections have and the last one has not, into a copy, and then
 * once more as if the newest one had never been written. Prints the files of both, and the text of
 * the second.
 */
const [url = '', ownerUrl = url] = process.argv.slice(2)
const forecourt = await createApplication(testSettings({ DATABASE_URL: url }), url, { ownerUrl })
const copy = mkdtempSync(path.join(tmpdir(), 'forecourt-drift-'))
cpSync(MIGRATION_DIR, copy, { recursive: true })
forecourt.payload.db.migrationDir = copy
const drift = await writeMigration(forecourt.payload, 'drift')
const snapshots = readdirSync(copy).filter((file) => file.endsWith('.json'))
rmSync(path.join(copy, snapshots.sort().at(-1) ?? ''))
const again = await writeMigration(forecourt.payload, 'Same again')
const text = again[0] ? readFileSync(again[0], 'utf8') : ''
process.stdout.write(
  `\n${JSON.stringify({ written: [drift, again].map((all) => all.map((file) => path.basename(file))), text })}\n`,
)
rmSync(copy, { recursive: true })
await forecourt.close()
