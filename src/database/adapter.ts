import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresAdapter } from '@payloadcms/db-postgres'
import { trailCounts } from '../audit/counts-table.ts'
import type { Settings } from '../env.ts'
import { nameConstraints } from './constraints.ts'
import { jobSchedules } from './job-schedules.ts'
import { scrapeTables } from './scrape-tables.ts'
import { signInTries } from './sign-in-tries.ts'
import { sourcePaces } from './source-paces.ts'
import { purgedOwners } from '../owners/purged-table.ts'
import { findWithinLists } from './operators.ts'
import { type OnLoss, poolOptions, reportingPg } from './pool.ts'
import { demoRows } from '../demo/rows.ts'
import { documentedSchema } from './schema.ts'

/** Where migrations live; src/commands/migrate.ts makes and runs them, the start applies them. Nothing is ever pushed. */
export const MIGRATION_DIR = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations')

/** Tables that nobody edits, and that have no screen and no API for it. */
const TABLES_OF_NO_COLLECTION = {
  demo_rows: demoRows,
  trail_counts: trailCounts,
  job_schedules: jobSchedules,
  sign_in_tries: signInTries,
  purged_owners: purgedOwners,
  ...scrapeTables,
  source_paces: sourcePaces,
}

/** Payload's PostgreSQL adapter over the documented tables. `onLoss` hears of every connection that breaks. */
export function databaseAdapter(settings: Settings, onLoss: OnLoss) {
  return postgresAdapter({
    ...documentedSchema,
    beforeSchemaInit: [
      ...documentedSchema.beforeSchemaInit,
      ({ schema }) => ({
        ...schema,
        tables: { ...schema.tables, ...(TABLES_OF_NO_COLLECTION as unknown as typeof schema.tables) },
      }),
    ],
    afterSchemaInit: [...documentedSchema.afterSchemaInit, prepareQueries],
    idType: 'uuid',
    push: false,
    disableCreateDatabase: true,
    migrationDir: MIGRATION_DIR,
    pg: reportingPg(onLoss),
    pool: poolOptions(settings.DATABASE_URL ?? '', { max: settings.DB_POOL_MAX, idleSeconds: settings.DB_IDLE_SECONDS }),
  })
}

/** What Payload's own queries need to know of the documented tables, once they are built. */
const prepareQueries: (typeof documentedSchema.afterSchemaInit)[number] = ({ adapter, schema }) => {
  findWithinLists(adapter)
  nameConstraints(adapter)
  return schema
}
