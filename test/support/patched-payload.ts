import {
  type PostgresAdapter,
  postgresAdapter,
  type PostgresAdapterArgs,
} from '@payloadcms/db-postgres'
import pg from 'pg'
import {
  buildConfig,
  type CollectionConfig,
  deepCopyObject,
  getPayload,
  type Payload,
  type Where,
} from 'payload'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { createEmptyDatabase, type EmptyDatabase } from './http-database.ts'

type Options = {
  collections: CollectionConfig[]
  /** The patch of the adapter under test. */
  patch?: (adapter: PostgresAdapter) => PostgresAdapter
  /** The patch of its pool under test. */
  patchPool?: (pool: pg.Pool) => void
  /** How the tables differ from Payload's own. */
  schema?: Pick<PostgresAdapterArgs, 'beforeSchemaInit' | 'afterSchemaInit'>
}

/** A row of a small collection. */
export type SmallRow = Record<string, unknown> & { id: string }

type Request = { req?: { transactionID: string } }

/** The adapter of a Payload, for collections that have no generated types. */
export type SmallDatabase = {
  create: (args: Request & { collection: string; data: object }) => Promise<SmallRow>
  find: (args: {
    collection: string
    where?: Where
    sort?: string
    limit?: number
    page?: number
  }) => Promise<{ docs: SmallRow[] } & Record<string, unknown>>
  findOne: (args: {
    collection: string
    where: Where
    joins?: Record<string, { limit?: number; page?: number; sort?: string }>
  }) => Promise<SmallRow | null>
  beginTransaction: () => Promise<string>
  commitTransaction: (id: string) => Promise<void>
  rollbackTransaction: (id: string) => Promise<void>
}

/** A Payload, and its adapter. */
export type SmallPayload = { payload: Payload; db: SmallDatabase }

/**
 * Two Payloads with the same small collections on one database: one with the adapter as it is
 * installed, and one with the patch under test and no other.
 */
export type PatchedPayload = {
  bare: SmallPayload
  patched: SmallPayload
  query: EmptyDatabase['query']
  close: () => Promise<void>
}

/** Opens both on a database of their own. Close it in afterAll. */
export async function openPatchedPayload(options: Options): Promise<PatchedPayload> {
  const { patch, patchPool, ...shared } = options
  const database = await createEmptyDatabase()
  const bare = await openPayload(database, 'bare', shared)
  await createTables(bare)
  const patched = await openPayload(database, 'patched', options)
  const close = async () => {
    for (const { payload } of [bare, patched]) {
      await payload.destroy()
      /* Not awaited: the bare pool waits forever for the client that Payload never releases. */
      void getPostgresAdapter(payload)
        .pool.on('error', () => undefined)
        .end()
    }
    await database.drop()
  }
  const query: PatchedPayload['query'] = async (statement, values) =>
    (await getPostgresAdapter(bare.payload).pool.query(statement, values)).rows
  return { bare, patched, query, close }
}

/** The parts of drizzle-kit that Payload's adapter provides. */
type Kit = {
  generateDrizzleJson: (schema: unknown) => Promise<unknown>
  generateMigration: (before: unknown, after: unknown) => Promise<string[]>
}

/** Creates the tables of the collections in an empty database. */
async function createTables({ payload }: SmallPayload): Promise<void> {
  const adapter = getPostgresAdapter(payload)
  const { generateDrizzleJson, generateMigration } = adapter.requireDrizzleKit() as unknown as Kit
  const schema = await generateDrizzleJson(adapter.schema)
  for (const statement of await generateMigration(adapter.defaultDrizzleSnapshot, schema))
    await adapter.pool.query(statement)
}

async function openPayload(
  { ownerUrl }: EmptyDatabase,
  name: 'bare' | 'patched',
  { collections, patch = (adapter) => adapter, patchPool = () => undefined, schema }: Options,
): Promise<SmallPayload> {
  class Pool extends pg.Pool {
    constructor(options?: pg.PoolConfig) {
      super(options)
      patchPool(this)
    }
  }
  const made = postgresAdapter({
    ...schema,
    idType: 'uuid',
    push: false,
    pg: { ...pg, Pool },
    pool: { connectionString: ownerUrl, max: 4 },
  })
  const init: typeof made.init = (args) => patch(made.init(args))
  const config = buildConfig({
    secret: 'a secret that only tests know, 32+',
    db: { ...made, init },
    collections: deepCopyObject(collections),
    telemetry: false,
    typescript: { autoGenerate: false },
    logger: { options: { level: 'fatal' } },
  })
  const payload = await getPayload({ config, key: `${name} ${ownerUrl}` })
  return { payload, db: payload.db as unknown as SmallDatabase }
}
