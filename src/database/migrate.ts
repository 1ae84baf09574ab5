import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import pg from 'pg'
import { UserError, WrongSetting } from '../user-error.ts'
import { commitTransaction, isCommitUnknown } from './commit.ts'
import { migrations } from './migrations/index.ts'
import { loadApplicationRole, grantToApplication } from './privileges.ts'

/**
 * The advisory lock for changes to tables, queues and grants. The number is arbitrary, but the same
 * for every Forecourt process.
 */
const SCHEMA_LOCK_ID = 7_305_021

/** PostgreSQL's error codes for "permission denied" and "table already exists". */
const DENIED = '42501'
const DUPLICATE_TABLE = '42P07'

/**
 * Applies all pending migrations as the role of `ownerUrl` and grants the application's role its
 * rights. If several processes start at once, each migration is still applied once. Returns the
 * names of the applied migrations.
 *
 * A migration receives only `db` of the arguments that Payload would pass: reads and writes through
 * Payload use the pool, outside the transaction. A migration that fails leaves nothing behind; the
 * ones before it stay applied.
 */
export async function applyMigrations(payload: Payload, ownerUrl: string): Promise<string[]> {
  const application = await loadApplicationRole(payload)
  return withSchemaLock(ownerUrl, async (client) => {
    refuseUnknown((await tryLoadApplied(client)) ?? new Map(), ownerUrl)
    const foreign = await findForeignTables(client)
    if (foreign && foreign.currentRole !== application) throw buildHandOverError(client, foreign)
    const before = await loadApplied(client)
    const missing = migrations.filter(({ name }) => !before.has(name))
    if (foreign && missing.length > 0) throw buildOwnerError(foreign, missing.length)
    const batch = Math.max(0, ...before.values()) + 1
    for (const migration of missing) await applyMigration(client, migration, batch)
    await grantToApplication(client, application)
    return missing.map(({ name }) => name)
  })
}

/** A migration and its state. `unknown`: the database has it, but this version does not know it. */
type MigrationState = { name: string; state: 'applied' | 'waiting' | 'unknown' }

/** Lists every migration of this version in order, then those that only the database has. */
export async function loadMigrationStatus(ownerUrl: string): Promise<MigrationState[]> {
  const before = await connectAsOwner(ownerUrl, loadApplied)
  const states = migrations.map(({ name }): MigrationState => ({
    name,
    state: before.has(name) ? 'applied' : 'waiting',
  }))
  return [
    ...states,
    ...findUnknown(before).map((name): MigrationState => ({ name, state: 'unknown' })),
  ]
}

/**
 * Throws an error if the database has migrations that this version does not know, which means that
 * a newer version migrated it.
 */
export async function refuseNewerDatabase(ownerUrl: string): Promise<void> {
  refuseUnknown((await connectAsOwner(ownerUrl, tryLoadApplied)) ?? new Map(), ownerUrl)
}

/** Throws an error if the database lacks migrations of this version, or has none of our tables. */
export async function refuseMissingMigrations(ownerUrl: string): Promise<void> {
  const before = await connectAsOwner(ownerUrl, tryLoadApplied)
  const missing = migrations.filter(({ name }) => before && !before.has(name))
  if (!before || missing.length === 0) return
  const subject =
    before.size === 0
      ? 'has none of the Forecourt tables'
      : 'is missing migrations of this version ' + `(${listNames(missing.map(({ name }) => name))})`
  throw new WrongSetting(
    `The database ${describeDatabase(ownerUrl)} ${subject}. Run npm run migrate first, ` +
      'or correct DATABASE_URL if this is the wrong database.',
  )
}

function refuseUnknown(before: ReadonlyMap<string, number>, ownerUrl: string): void {
  const unknown = findUnknown(before)
  if (unknown.length === 0) return
  throw new WrongSetting(
    `The database ${describeDatabase(ownerUrl)} was migrated by a newer version of Forecourt: ` +
      `this one does not recognize ${listNames(unknown)}. Start that version or a newer one, or ` +
      'restore a backup from before the upgrade.',
  )
}

const findUnknown = (before: ReadonlyMap<string, number>): string[] =>
  [...before.keys()].filter((name) => !migrations.some((one) => one.name === name)).sort()

const listNames = ([first = '', ...more]: string[]) =>
  more.length > 0 ? `${first} and ${more.length} more` : first

/** A readable name of the database, without the password. */
export function describeDatabase(url: string): string {
  const { host, pathname, username } = new URL(url)
  return `${decodeURIComponent(pathname.slice(1) || username)} at ${host}`
}

/**
 * Runs `work` as the owner of the tables while no other process changes tables, queues or grants.
 */
export async function withSchemaLock<Result>(
  ownerUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  return connectAsOwner(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [SCHEMA_LOCK_ID])
    return work(client)
  })
}

/** Runs `work` on a separate connection and closes it, which rolls back an open transaction. */
async function connectAsOwner<Result>(
  ownerUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'forecourt-migrate',
  })
  client.on('error', () => undefined) // its current query fails, too
  try {
    await client.connect()
    await client.query("set timezone = 'UTC'")
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The names of the applied migrations, each with the number of the run that applied it. */
async function loadApplied(client: pg.Client): Promise<Map<string, number>> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('public.payload_migrations') is not null as there`,
  )
  if (!there.rows[0]?.there) return new Map()
  const { rows } = await client.query<{ name: string; batch: string }>(
    'select name, batch from payload_migrations where batch > 0',
  )
  return new Map(rows.map(({ name, batch }) => [name, Number(batch)]))
}

/** The same for a role that may lack the permission to read them; null in that case. */
async function tryLoadApplied(client: pg.Client): Promise<Map<string, number> | null> {
  return loadApplied(client).catch((error: { code?: string }) => {
    if (error.code === DENIED) return null
    throw error as Error
  })
}

async function applyMigration(
  client: pg.Client,
  { name, up }: (typeof migrations)[number],
  batch: number,
): Promise<void> {
  try {
    await client.query('begin')
    await up({ db: drizzle({ client }) } as unknown as MigrateUpArgs)
    await client.query('insert into payload_migrations (name, batch) values ($1, $2)', [
      name,
      batch,
    ])
    await commitTransaction(client)
  } catch (cause) {
    if (isCommitUnknown(cause))
      throw new UserError(
        `The connection was lost while the migration ${name} was being committed. Run npm ` +
          'run migrate again to apply what is missing.',
        { cause },
      )
    const { message, code } = (
      cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
    ) as Error & {
      code?: string
    }
    const wayOut =
      code === DUPLICATE_TABLE
        ? 'The database seems to belong to another program: set DATABASE_URL to an empty database.'
        : 'Fix that, then run npm run migrate again.'
    throw new UserError(`The migration ${name} failed and was rolled back: ${message}. ${wayOut}`, {
      cause,
    })
  }
}

type ForeignTables = { tableOwner: string; currentRole: string }

/** The role that owns the tables, if the current role may not change them, and the current role. */
async function findForeignTables(client: pg.Client): Promise<ForeignTables | undefined> {
  const { rows } = await client.query<ForeignTables>(
    'select pg_get_userbyid(relowner) as "tableOwner", current_user as "currentRole" from ' +
      `pg_class where oid = to_regclass('public.payload_migrations') and not ` +
      `pg_has_role(relowner, 'usage')`,
  )
  return rows[0]
}

function buildHandOverError(
  client: pg.Client,
  { tableOwner, currentRole }: ForeignTables,
): WrongSetting {
  const [from, to] = [client.escapeIdentifier(tableOwner), client.escapeIdentifier(currentRole)]
  return new WrongSetting(
    `The tables belong to the role ${tableOwner}, but DATABASE_OWNER_URL connects as ` +
      `${currentRole}. Change their owner once, in this database and as a superuser: ` +
      `REASSIGN OWNED BY ${from} TO ${to};`,
  )
}

/**
 * Builds the error for a server that must apply migrations but does not have the credentials of the
 * owner.
 */
function buildOwnerError(
  { tableOwner, currentRole }: ForeignTables,
  waiting: number,
): WrongSetting {
  return new WrongSetting(
    `Migrations are pending (${waiting}), but ${currentRole} cannot change the tables of ` +
      `${tableOwner}. Set DATABASE_OWNER_URL to connect as the role ${tableOwner}, here or for ` +
      'npm run migrate.',
  )
}
