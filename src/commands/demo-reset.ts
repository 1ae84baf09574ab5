import type { RemovedDemo } from '../demo/load.ts'
import { formatCount } from '../domain/format-count.ts'
import { loadSettings } from '../env.ts'
import { UserError } from '../user-error.ts'
import {
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  printLine,
  splitFlags,
} from './run-command.ts'

const LINE: CommandLine = { program: 'npm run demo:reset', forms: [''] }

/**
 * `npm run demo:reset` removes the cars, submissions, photos, competitors, catalog and owners that
 * the demo created, and nothing else.
 */
await runCommand(LINE, async (args) => {
  rejectExtraArguments(splitFlags(args, LINE).words, LINE)
  const settings = loadSettings()
  if (settings.production || settings.DATABASE_URL)
    throw new UserError(
      'demo:reset works only with the embedded database and outside production, but ' +
        `${settings.production ? 'APP_ENV is production' : 'DATABASE_URL is set'}: nothing ` +
        'was removed.',
    )
  const { unloadDemo } = await import('../demo/load.ts')
  const { withPayload } = await import('./with-payload.ts')
  await withPayload(async ({ payload }) => printLine(describeRemoved(await unloadDemo(payload))))
})

function describeRemoved(removed: RemovedDemo): string {
  const { cars, submissions, photos, competitors, options, owners, vehicles } = removed
  const counts = [cars, submissions, photos, competitors, options, owners, vehicles]
  if (counts.every((count) => count === 0)) return 'There are no demo rows to remove.'
  return (
    `Removed ${formatCount(cars, 'demo car')}, ${formatCount(submissions, 'demo submission')}, ` +
    `${formatCount(photos, 'demo photo')}, ` +
    `${formatCount(competitors, 'demo competitor')}, ${formatCount(options, 'vehicle option')}, ` +
    `${formatCount(owners, 'demo owner')} and ${formatCount(vehicles, 'vehicle')} of the demo. ` +
    'Your own rows are unchanged.'
  )
}
