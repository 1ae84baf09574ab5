import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresAdapter } from '@payloadcms/db-postgres'
import { auditCounts } from '../audit/counts-table.ts'
import { auditSealTables } from '../audit/seals/tables.ts'
import type { Settings } from '../env.ts'
import { deviceSecrets } from '../auth/sessions/device-secrets.ts'
import { idempotencyKeys } from './idempotency-keys.ts'
import { jobSchedules } from './job-schedules.ts'
import { requestSlots } from './request-slots.ts'
import { signInTries } from './sign-in-tries.ts'
import { purgedOwners } from '../owners/purged-table.ts'
import { ownerStorage } from '../owners/storage-table.ts'
import { type OnDisconnect, buildPoolOptions, createReportingPg } from './pool.ts'
import { demoCatalogRows, demoRows } from '../demo/rows.ts'
import { checkTransactions } from './payload-patches/checked-transactions.ts'
import { addComputedColumns, computeFields } from './payload-patches/computed-fields.ts'
import { countEmptyPages } from './payload-patches/empty-pages.ts'
import { readJoinedPages } from './payload-patches/joined-pages.ts'
import { searchListEntries } from './payload-patches/list-operators.ts'
import { nameConstraints } from './payload-patches/named-constraints.ts'
import { narrowSessionWrites } from './payload-patches/session-writes.ts'
import { stabilizeOrder } from './payload-patches/stable-order.ts'
import { WriteTracker } from './request-writes.ts'
import { documentedSchema } from './schema.ts'
import { addTables } from './with-tables.ts'

/**
 * The folder of the migrations. src/commands/migrate.ts creates and applies them; a start only
 * applies them. The schema is never pushed.
 */
export const MIGRATION_DIR = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations')

/** The tables without a collection that belong to no plugin. */
const TABLES_OF_NO_COLLECTION = {
  demo_rows: demoRows,
  demo_catalog_rows: demoCatalogRows,
  trail_counts: auditCounts,
  ...auditSealTables,
  job_schedules: jobSchedules,
  sign_in_tries: signInTries,
  device_secrets: deviceSecrets,
  purged_owners: purgedOwners,
  owner_storage: ownerStorage,
  idempotency_keys: idempotencyKeys,
  request_slots: requestSlots,
}

/** The patches of Payload's adapter. Each one wraps those before it. */
const PATCHES = [
  searchListEntries,
  nameConstraints,
  checkTransactions,
  readJoinedPages,
  countEmptyPages,
  stabilizeOrder,
  narrowSessionWrites,
  computeFields,
]

/**
 * Creates Payload's PostgreSQL adapter for the documented tables. Calls `onDisconnect` for every
 * connection that breaks; `tracker` counts the writes of requests.
 */
export function createDatabaseAdapter(
  settings: Settings,
  onDisconnect: OnDisconnect,
  tracker = new WriteTracker(),
) {
  const made = postgresAdapter({
    ...documentedSchema,
    beforeSchemaInit: [...documentedSchema.beforeSchemaInit, addTables(TABLES_OF_NO_COLLECTION)],
    afterSchemaInit: [...documentedSchema.afterSchemaInit, addComputedColumns],
    idType: 'uuid',
    push: false,
    disableCreateDatabase: true,
    migrationDir: MIGRATION_DIR,
    pg: createReportingPg(onDisconnect, tracker),
    pool: buildPoolOptions(settings.DATABASE_URL ?? '', {
      max: settings.DB_POOL_MAX,
      idleSeconds: settings.DB_IDLE_SECONDS,
    }),
  })
  const init: typeof made.init = (args) =>
    PATCHES.reduce((adapter, patch) => patch(adapter), made.init(args))
  return { ...made, init }
}
