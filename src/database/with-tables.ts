import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { BaseDatabaseAdapter, Config } from 'payload'

type SchemaHook = PostgresAdapter['beforeSchemaInit'][number]

/** Tables without a collection, by name: they have no screen and no API, and no one edits them. */
export type Tables = Parameters<SchemaHook>[0]['schema']['tables']

/**
 * Adds the tables of a plugin to the database of a configuration. Migrations include them like the
 * tables of collections, so a plugin that is removed takes its tables out of the schema.
 */
export function withTables(config: Config, tables: Tables): Config {
  const { db } = config
  const init: typeof db.init = (args) => {
    const adapter = db.init(args)
    if (!isPostgresAdapter(adapter)) throw new Error('Plugins can add tables only to PostgreSQL.')
    adapter.beforeSchemaInit.push(addTables(tables))
    return adapter
  }
  return { ...config, db: { ...db, init } }
}

/** Creates the hook that adds tables to the schema before Payload builds its own. */
export const addTables =
  (tables: Tables): SchemaHook =>
  ({ schema }) => ({ ...schema, tables: { ...schema.tables, ...tables } })

const isPostgresAdapter = (adapter: BaseDatabaseAdapter): adapter is PostgresAdapter =>
  'beforeSchemaInit' in adapter
