import { importFolder } from '../imports/jekyll/import.ts'
import { listFolder } from '../imports/jekyll/read.ts'
import { countOutcomes, renderReport } from '../imports/jekyll/report.ts'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'
import {
  parseChoice,
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  printLine,
  splitFlags,
  buildUsageError,
} from './run-command.ts'

const DRY_RUN = '--dry-run'
const LINE: CommandLine = { program: 'npm run import', forms: [`jekyll DIR [${DRY_RUN}]`] }

/**
 * `npm run import -- jekyll DIR [--dry-run]` imports the dealership's site files into the
 * inventory. The exit code is 1 if a file was refused.
 */
await runCommand(LINE, async (args) => {
  const { words, flags } = splitFlags(args, LINE, [DRY_RUN])
  const [kind, folder, ...more] = words
  parseChoice(kind, ['jekyll'], LINE)
  if (!folder)
    throw buildUsageError(
      'npm run import -- jekyll needs the folder that contains the markdown files',
      LINE,
    )
  rejectExtraArguments(more, LINE)
  const dryRun = flags.has(DRY_RUN)
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
})

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
