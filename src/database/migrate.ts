import type { Migration, Payload } from 'payload'
import pg from 'pg'
import { migrations } from './migrations/index.ts'
import { postgresOf } from './transaction.ts'

/** Any number, the same for every process of Forecourt: who holds this advisory lock may migrate. */
const LOCK = 7_305_021

/** Runs `work` while no other process of Forecourt migrates this database. Waits its turn. */
async function inTurn<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'forecourt-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    return await work()
  } finally {
    await client.end()
  }
}

/** Applies every migration that the database has not seen; four starters at once apply each of them once. Returns their names. */
export async function applyMigrations(payload: Payload, url: string): Promise<string[]> {
  return inTurn(url, async () => {
    const before = await applied(payload)
    if (migrations.every(({ name }) => before.has(name))) return []
    await postgresOf(payload).migrate({ migrations: migrations as Migration[] })
    return migrations.flatMap(({ name }) => (before.has(name) ? [] : [name]))
  })
}

/** Every migration by name, and whether this database has it. */
export async function migrationStatus(payload: Payload): Promise<{ name: string; applied: boolean }[]> {
  const before = await applied(payload)
  return migrations.map(({ name }) => ({ name, applied: before.has(name) }))
}

async function applied(payload: Payload): Promise<Set<string>> {
  const { pool } = postgresOf(payload)
  const there = await pool.query<{ there: boolean }>(`select to_regclass('payload_migrations') is not null as there`)
  if (!there.rows[0]?.there) return new Set()
  const rows = await pool.query<{ name: string }>('select name from payload_migrations where batch > 0')
  return new Set(rows.rows.map((row) => row.name))
}
