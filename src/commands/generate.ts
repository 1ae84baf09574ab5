import { loadSettings } from '../env.ts'
import { type CommandLine, rejectExtraArguments, runCommand, splitFlags } from './run-command.ts'

const LINE: CommandLine = { program: 'npm run generate', forms: [''] }

/**
 * Generates the committed files that depend on the collections: TypeScript types, the GraphQL
 * schema and the panel's import map.
 */
await runCommand(LINE, async (args) => {
  rejectExtraArguments(splitFlags(args, LINE).words, LINE)
  const settings = loadSettings()
  const { buildForecourtConfig } = await import('../../payload.config.ts')
  const { generateSchema } = await import('@payloadcms/graphql/utilities')
  const { generateImportMap } = await import('payload')
  const { generateTypes } = await import('payload/node')
  const made = await buildForecourtConfig(settings)
  await generateTypes(made, { log: false })
  generateSchema(made)
  await generateImportMap(made, { force: true, log: false })
})
