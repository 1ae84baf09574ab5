import { type CommandLine, rejectExtraArguments, runCommand, splitFlags } from './run-command.ts'

const LINE: CommandLine = { program: 'npm run generate', forms: [''] }

/**
 * Generates the committed files that depend on the collections: TypeScript types, the GraphQL
 * schema and the panel's import map.
 */
await runCommand(LINE, async (args) => {
  rejectExtraArguments(splitFlags(args, LINE).words, LINE)
  // reads the settings, which may be invalid
  const { default: config } = await import('../../payload.config.ts')
  const { generateSchema } = await import('@payloadcms/graphql/utilities')
  const { generateImportMap } = await import('payload')
  const { generateTypes } = await import('payload/node')
  const made = await config
  await generateTypes(made, { log: false })
  generateSchema(made)
  await generateImportMap(made, { force: true, log: false })
})
