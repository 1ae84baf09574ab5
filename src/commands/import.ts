import {
  buildUsageError,
  type CommandLine,
  parseChoice,
  rejectExtraArguments,
  runCommand,
  splitFlags,
} from './run-command.ts'

/**
 * The imports:
 *
 * - `npm run import -- jekyll DIR [--dry-run]` imports the dealership's site files into the
 *   inventory.
 * - `npm run import -- catalog FILE.csv` imports makes, models, trims, engines and transmissions
 *   into the catalog.
 *
 * The exit code is 1 if a file or a line was refused.
 */
const DRY_RUN = '--dry-run'
const LINE: CommandLine = {
  program: 'npm run import',
  forms: [`jekyll DIR [${DRY_RUN}]`, 'catalog FILE.csv'],
}

const NEEDED = {
  jekyll: 'the folder that contains the markdown files',
  catalog: 'a CSV file',
} as const

await runCommand(LINE, async (args) => {
  const [kind] = splitFlags(args, LINE, [DRY_RUN]).words
  const chosen = parseChoice(kind, ['jekyll', 'catalog'], LINE)
  const { words, flags } = splitFlags(args, LINE, chosen === 'jekyll' ? [DRY_RUN] : [])
  const [, source, ...more] = words
  if (!source) throw buildUsageError(`npm run import -- ${chosen} needs ${NEEDED[chosen]}`, LINE)
  rejectExtraArguments(more, LINE)
  if (chosen === 'catalog') return (await import('./import-catalog.ts')).importCatalog(source)
  return (await import('./import-jekyll.ts')).importJekyll(source, flags.has(DRY_RUN))
})
