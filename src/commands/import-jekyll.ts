import { importFolder } from '../imports/jekyll/import.ts'
import { listFolder } from '../imports/jekyll/read.ts'
import { countOutcomes, renderReport } from '../imports/jekyll/report.ts'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'
import { printLine } from './run-command.ts'

/** Imports the dealership's site files into the inventory. */
export async function importJekyll(folder: string, dryRun: boolean): Promise<void> {
  await refuseUnusable(folder, dryRun)
  const { createPayloadInventory } = await import('../imports/jekyll/payload-inventory.ts')
  const { withPayload } = await import('./with-payload.ts')
  await withPayload(async ({ payload, settings }) => {
    const report = await importFolder({
      folder,
      store: createPayloadInventory(payload),
      now: new Date(),
      currency: settings.CURRENCY,
      dryRun,
      print: printLine,
    })
    process.stdout.write(renderReport(report))
    if (countOutcomes(report).refused > 0) process.exitCode = 1
  })
}

/**
 * Throws an error if there is nothing to import, before a database is opened. A dry run may also
 * report on a folder from which nothing is read.
 */
async function refuseUnusable(folder: string, dryRun: boolean): Promise<void> {
  const listing = await listFolder(folder)
  if (listing.names.length === 0 && (!dryRun || listing.skipped.length === 0))
    throw new UserError(
      `The folder ${quoteValue(folder)} has no markdown files (.md), so nothing was ` +
        'imported. Specify the folder that contains them.',
    )
}
