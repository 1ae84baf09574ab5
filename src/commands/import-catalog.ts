import { stat } from 'node:fs/promises'
import type { CatalogImport } from '../catalog/import-file.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import { formatCount } from '../domain/format-count.ts'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'
import { printLine } from './run-command.ts'

/** Imports a CSV file into the catalog. Forecourt may run meanwhile. */
export async function importCatalog(file: string): Promise<void> {
  await refuseUnusable(file)
  const { importCatalogFile } = await import('../catalog/import-file.ts')
  const { withPayload } = await import('./with-payload.ts')
  await withPayload(async ({ payload }) => {
    const { pool } = getPostgresAdapter(payload)
    const done = await importCatalogFile({ file, pool, now: new Date(), print: printLine })
    for (const line of describeImport(done)) printLine(line)
    if (done.refused > 0) process.exitCode = 1
  })
}

/** Throws an error if there is no such file, before a database is opened. */
async function refuseUnusable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile()) return
  throw new UserError(
    `${quoteValue(file)} is not a file, so nothing was imported. Specify a CSV file.`,
  )
}

function describeImport(done: CatalogImport): string[] {
  const { engines, refusedFile, transmissions } = done
  const [added, known, refused] = [done.added, done.known, done.refused].map((count) =>
    count.toLocaleString('en-US'),
  )
  const lines = [
    `${formatCount(done.read, 'line')}: ${added} added, ${known} already there, ` +
      `${refused} refused.`,
    `New: ${formatCount(engines, 'engine')}, ${formatCount(transmissions, 'transmission')}.`,
  ]
  if (refusedFile !== null)
    lines.push(`${refusedFile} has the refused lines with the reasons. Correct and import it.`)
  return lines
}
