import {
  parseChoice,
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  splitFlags,
  buildUsageError,
} from './run-command.ts'

/**
 * `npm run migrate` applies pending migrations; `-- status` lists the migrations and their state;
 * `-- create NAME` writes a migration for the changes of the collections since the last one.
 */
const LINE: CommandLine = { program: 'npm run migrate', forms: ['', 'status', 'create NAME'] }

await runCommand(LINE, async (args) => {
  const [action = 'apply', ...rest] = splitFlags(args, LINE).words
  const order = parseChoice(action, ['apply', 'status', 'create'], LINE)
  const [name, more] = order === 'create' ? [rest[0], rest.slice(1)] : [undefined, rest]
  if (order === 'create' && !name)
    throw buildUsageError(
      'npm run migrate -- create needs a name for the migration, such as add_color',
      LINE,
    )
  rejectExtraArguments(more, LINE)
  const { applyPendingMigrations, createMigration, printStatus } =
    await import('./migrate-actions.ts')
  const { withPayload } = await import('./with-payload.ts')
  if (order === 'status') return withPayload(printStatus, { schema: 'any' })
  return withPayload(
    (commanded) => (name ? createMigration(commanded, name) : applyPendingMigrations(commanded)),
    {
      schema: 'older',
    },
  )
})
