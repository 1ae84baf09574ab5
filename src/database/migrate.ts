import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import pg from 'pg'
import { WrongSetting } from '../env.ts'
import { commit, isCommitUnknown } from './commit.ts'
import { migrations } from './migrations/index.ts'
import { applicationRole, grantToApplication } from './privileges.ts'

/** Any number, the same for every process of Forecourt: who holds this advisory lock may make tables, queues, and grants on them. */
const LOCK = 7_305_021

/**
 * Applies every migration that the database has not seen, as the role that `ownerUrl` signs in as, and sees to it that the
 * application's own role may work with what is there. Four starters at once apply each of them once. Returns their names.
 *
 * A migration is given `db` and nothing else of what Payload would hand it: reads and writes of Payload's go over the pool, beside the
 * transaction. One that fails leaves nothing behind, and those before it stay.
 */
export async function applyMigrations(payload: Payload, ownerUrl: string): Promise<string[]> {
  const application = await applicationRole(payload)
  return makingTables(ownerUrl, async (client) => {
    const foreign = await foreignTables(client)
    if (foreign && foreign.ours !== application) throw handOver(client, foreign)
    const before = await applied(client)
    const missing = migrations.filter(({ name }) => !before.has(name))
    if (foreign && missing.length > 0) throw needOwner(foreign, missing.length)
    const batch = Math.max(0, ...before.values()) + 1
    for (const migration of missing) await apply(client, migration, batch)
    await grantToApplication(client, application)
    return missing.map(({ name }) => name)
  })
}

/** Every migration by name, and whether this database has it. */
export async function migrationStatus(ownerUrl: string): Promise<{ name: string; applied: boolean }[]> {
  const before = await asOwner(ownerUrl, applied)
  return migrations.map(({ name }) => ({ name, applied: before.has(name) }))
}

/** Does `work` as the owner of the tables while no other process makes tables, queues, or grants on them. */
export async function makingTables<Result>(ownerUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  return asOwner(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    return work(client)
  })
}

/** Does `work` on a connection of its own, and closes it; a transaction that is open then has never been. */
async function asOwner<Result>(ownerUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'forecourt-migrate' })
  client.on('error', () => undefined) // the query in hand fails with it
  try {
    await client.connect()
    await client.query("set timezone = 'UTC'")
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The names of the migrations that the database has seen, each with the number of the run that applied it. */
async function applied(client: pg.Client): Promise<Map<string, number>> {
  const there = await client.query<{ there: boolean }>(`select to_regclass('public.payload_migrations') is not null as there`)
  if (!there.rows[0]?.there) return new Map()
  const { rows } = await client.query<{ name: string; batch: string }>(
    'select name, batch from payload_migrations where batch > 0',
  )
  return new Map(rows.map(({ name, batch }) => [name, Number(batch)]))
}

async function apply(client: pg.Client, { name, up }: (typeof migrations)[number], batch: number): Promise<void> {
  try {
    await client.query('begin')
    await up({ db: drizzle({ client }) } as unknown as MigrateUpArgs)
    await client.query('insert into payload_migrations (name, batch) values ($1, $2)', [name, batch])
    await commit(client)
  } catch (cause) {
    if (isCommitUnknown(cause))
      throw new Error(
        `The connection broke while the migration ${name} was committed. Run npm run migrate again: it applies what is missing.`,
        { cause },
      )
    const { message } = (cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause) as Error
    throw new Error(`The migration ${name} failed, and nothing of it was kept: ${message}`, { cause })
  }
}

type Foreign = { theirs: string; ours: string }

/** Who owns the tables where the asking role may not change them, beside that role. */
async function foreignTables(client: pg.Client): Promise<Foreign | undefined> {
  const { rows } = await client.query<Foreign>(
    `select pg_get_userbyid(relowner) as theirs, current_user as ours from pg_class
     where oid = to_regclass('public.payload_migrations') and not pg_has_role(relowner, 'usage')`,
  )
  return rows[0]
}

function handOver(client: pg.Client, { theirs, ours }: Foreign): WrongSetting {
  const [from, to] = [client.escapeIdentifier(theirs), client.escapeIdentifier(ours)]
  return new WrongSetting(
    `The tables belong to the role ${theirs}, but DATABASE_OWNER_URL signs in as ${ours}. Hand them over once, in this database and as a superuser: REASSIGN OWNED BY ${from} TO ${to};`,
  )
}

/** The process that serves need not know the owner's password, but then it can't apply what waits. */
function needOwner({ theirs, ours }: Foreign, waiting: number): WrongSetting {
  return new WrongSetting(
    `Migrations wait to be applied (${waiting}), but ${ours} may not change the tables of ${theirs}. Let DATABASE_OWNER_URL sign in as ${theirs}, here or for npm run migrate.`,
  )
}
