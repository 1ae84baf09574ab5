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
 * `npm run demo:reset` removes the cars, photos, competitors and catalog that the demo created, and
 * nothing else.
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
  await withPayload(async ({ payload }) => {
    const { cars, photos, competitors, options } = await unloadDemo(payload)
    printLine(
      cars + photos + competitors + options > 0
        ? `Removed ${formatCount(cars, 'demo car')}, ${formatCount(photos, 'demo photo')}, ` +
            `${formatCount(competitors, 'demo competitor')} and ` +
            `${formatCount(options, 'vehicle option')} of the demo. Your own rows are unchanged.`
        : 'There are no demo rows to remove.',
    )
  })
})
