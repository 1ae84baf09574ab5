import { generateTypes } from 'payload/node'
import { generateSchema } from '@payloadcms/graphql/utilities'
import { generateImportMap } from 'payload'
import { endProcess } from './with-payload.ts'
import config from '../../payload.config.ts'

/** Writes what is made from the collections and committed: TypeScript types, the GraphQL schema and the panel's import map. */
const made = await config
await generateTypes(made, { log: false })
generateSchema(made)
await generateImportMap(made, { force: true, log: false })
await endProcess()
